package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** More is asked of a server than it can do; it has few places, so that little is too much. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadIT {

    private static final String OPTIONS = "-XX:TieredStopAtLevel=1 -Xmx1g"
            + " -Dpeerserver.workers.threads=4 -Dpeerserver.workers.queue=20 -Dpeerserver.per-key.at-once=3"
            + " -Dpeerserver.per-database.at-once=4 -Dpeerserver.per-key.refusals-per-second=1000";
    private static final int TIMES = 25;

    private final Overloaded server = Overloaded.start(OPTIONS, 2_000);

    @AfterAll
    void stop() {
        server.close();
    }

    /** The statuses of as many small requests, one after the other. */
    private List<Integer> statuses(AccessKey key) throws IOException {
        byte[] small = server.small(key);
        try (KeptConnection connection = new KeptConnection(server.target())) {
            Integer[] statuses = new Integer[TIMES];
            for (int i = 0; i < TIMES; i++) {
                statuses[i] = connection.exchange(small);
            }
            return List.of(statuses);
        }
    }

    private void assertServesEverybody() throws IOException {
        for (AccessKey key : server.target().keys()) {
            assertThat(statuses(key)).as(key.key()).containsOnly(Press.OK);
        }
        assertThat(server.health()).isEqualTo(Press.OK);
    }

    private void awaitRest() throws IOException, InterruptedException {
        while (!server.jvm().working().isEmpty()) {
            Thread.sleep(100);
        }
    }

    @Test
    @Timeout(120)
    void aKeyThatAsksForTooMuchLeavesTheOthersTheirShareAndNothingBehind() throws Exception {
        Press greedy = Press.of(24, server.target(), server.endless(Overloaded.GREEDY, 400));
        try (greedy) {
            while (greedy.count(Press.BUSY) == 0) {
                Thread.sleep(20);
            }
            assertThat(statuses(Overloaded.MODEST)).containsOnly(Press.OK);
            assertThat(server.health()).isEqualTo(Press.OK);
        }
        awaitRest();

        assertThat(greedy.failures()).isEmpty();
        assertThat(greedy.counts()).containsOnlyKeys(Press.BUSY, 504);
        assertServesEverybody();
    }

    @Test
    @Timeout(120)
    void everyKeyHasItsShareWhenAllAskForTooMuch() throws Exception {
        Press one = Press.of(16, server.target(), server.small(Overloaded.GREEDY));
        Press other = Press.of(16, server.target(), server.small(Overloaded.MODEST));
        try (one;
                other) {
            while (one.count(Press.OK) < 100 || other.count(Press.OK) < 100) {
                Thread.sleep(20);
            }
            assertThat(server.health()).isEqualTo(Press.OK);
        }
        awaitRest();

        assertThat(one.failures()).isEmpty();
        assertThat(other.failures()).isEmpty();
        assertThat(one.counts().keySet()).isSubsetOf(Press.OK, Press.BUSY);
        assertThat(other.counts().keySet()).isSubsetOf(Press.OK, Press.BUSY);
        assertServesEverybody();
    }
}
