package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpacingTest {

    private long now = Long.MAX_VALUE - 7;
    private final Spacing spacing = new Spacing(10, () -> now);

    @Test
    void letsNobodyWaitWhoComesSeldom() {
        for (int i = 0; i < 100; i++) {
            assertThat(spacing.next()).isZero();
            now += TimeUnit.MILLISECONDS.toNanos(100);
        }
    }

    @Test
    void letsThoseWaitWhoComeTooOften() {
        assertThat(spacing.next()).isZero();
        assertThat(spacing.next()).isEqualTo(Duration.ofMillis(100));
        assertThat(spacing.next()).isEqualTo(Duration.ofMillis(200));
        now += TimeUnit.MILLISECONDS.toNanos(250);
        assertThat(spacing.next()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void letsNobodyWaitLongerThanTenSeconds() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(spacing.next()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        }
        now += TimeUnit.SECONDS.toNanos(11);
        assertThat(spacing.next()).isZero();
    }
}
