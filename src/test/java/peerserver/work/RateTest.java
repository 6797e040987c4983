package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateTest {

    private long now = Long.MAX_VALUE - 7;

    private int taken(Rate rate, int asked) {
        return (int) IntStream.range(0, asked).filter(i -> rate.take()).count();
    }

    private void pass(long ms) {
        now += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void allowsASecondsWorthInOneMoment() {
        Rate rate = new Rate(10, () -> now);

        assertThat(taken(rate, 100)).isEqualTo(10);
    }

    @Test
    void allowsSoManyASecondFromThenOn() {
        Rate rate = new Rate(10, () -> now);
        taken(rate, 100);

        pass(99);
        assertThat(taken(rate, 10)).isZero();
        pass(1);
        assertThat(taken(rate, 10)).isEqualTo(1);
        pass(500);
        assertThat(taken(rate, 10)).isEqualTo(5);
    }

    @Test
    void savesUpNoMoreThanASecond() {
        Rate rate = new Rate(10, () -> now);

        pass(60_000);

        assertThat(taken(rate, 100)).isEqualTo(10);
    }

    @Test
    void hasNoLimitAtZero() {
        assertThat(taken(new Rate(0, () -> now), 100_000)).isEqualTo(100_000);
    }
}
