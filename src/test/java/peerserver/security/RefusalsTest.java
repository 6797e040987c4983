package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.config.RefusalConfig;

class RefusalsTest {

    private static final InetAddress HERE = address("192.0.2.1");
    private static final InetAddress THERE = address("192.0.2.2");

    private final MovableClock clock = new MovableClock("2026-11-22T10:00:00Z");
    private final Refusals refusals = refusals(100);

    private Refusals refusals(int waiting) {
        return new Refusals(new RefusalConfig(2, 100, 1_000, 60_000, 3, waiting, List.of()), clock, Thread::new);
    }

    private static InetAddress address(String text) {
        return AddressRange.address(text).orElseThrow();
    }

    @AfterEach
    void stop() {
        refusals.stop();
    }

    private List<Long> delays(InetAddress address, String key, int times) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            delays.add(refusals.failed(address, key));
        }
        return delays;
    }

    @Test
    void answersAtOnceForAWhileAndThenEverLater() {
        assertThat(delays(HERE, "key", 8)).containsExactly(0L, 0L, 100L, 200L, 400L, 800L, 1_000L, 1_000L);
        assertThat(delays(HERE, "key", 50)).containsOnly(1_000L);
    }

    @Test
    void countsByAddressAndKeySoThatNobodyElseIsSlowed() {
        delays(HERE, "key", 10);

        assertThat(delays(THERE, "key", 2)).containsOnly(0L);
        assertThat(delays(HERE, "other", 2)).containsOnly(0L);
    }

    @Test
    void countsTheAddressesOfOneNetworkOfIPv6Together() {
        for (int i = 0; i < 5; i++) {
            refusals.failed(address("2001:db8:1:2::" + i), "key");
        }

        assertThat(refusals.failed(address("2001:db8:1:2:ffff::1"), "key")).isPositive();
        assertThat(refusals.failed(address("2001:db8:1:3::1"), "key")).isZero();
    }

    @Test
    void countsThoseWithoutAnAddressToo() {
        assertThat(List.of(refusals.failed(null, "key"), refusals.failed(null, "key"), refusals.failed(null, "key")))
                .containsExactly(0L, 0L, 100L);
    }

    @Test
    void forgetsAfterATimeWithoutAFailure() {
        delays(HERE, "key", 10);
        clock.move(Duration.ofMillis(59_999));
        assertThat(delays(HERE, "key", 1)).containsOnly(1_000L);
        clock.move(Duration.ofMinutes(1));

        assertThat(delays(HERE, "key", 3)).containsExactly(0L, 0L, 100L);
    }

    @Test
    void remembersSoManyAndForgetsTheOldestFirst() {
        delays(HERE, "a", 5);
        delays(HERE, "b", 5);
        delays(HERE, "c", 5);
        delays(HERE, "a", 1);
        delays(HERE, "d", 1);

        assertThat(delays(HERE, "a", 1)).doesNotContain(0L);
        assertThat(delays(HERE, "c", 1)).doesNotContain(0L);
        assertThat(delays(HERE, "b", 1)).containsExactly(0L);
    }

    @Test
    void tellsLongKeysApartByTheirBeginning() {
        delays(HERE, "k".repeat(300), 5);

        assertThat(refusals.failed(HERE, "k".repeat(4_000))).isPositive();
    }

    @Test
    void answersLaterAndAtOnceWhenTooManyWait() throws InterruptedException {
        Refusals two = refusals(2);
        try {
            two.failed(HERE, "key");
            two.failed(HERE, "key");
            assertThat(two.failed(HERE, "key")).isPositive();
            assertThat(two.failed(HERE, "key")).isPositive();
            assertThat(two.failed(HERE, "key")).isZero();

            CountDownLatch answered = new CountDownLatch(2);
            two.later(1, answered::countDown);
            two.later(1, answered::countDown);
            answered.await();
            assertThat(two.failed(HERE, "key")).isPositive();
        } finally {
            two.stop();
        }
    }
}
