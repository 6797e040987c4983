package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class DeadlineTest {

    private static final OptionalLong NONE = OptionalLong.empty();

    private static Anomaly exceeded(OptionalLong timeoutMs) {
        return Deadline.of(System.nanoTime(), timeoutMs, 1_000).exceeded().anomaly();
    }

    @Test
    void pastItsOwnTimeoutARequestIsInterrupted() {
        assertThat(exceeded(OptionalLong.of(500)))
                .isEqualTo(Anomaly.of(Category.INTERRUPTED, "The request took longer than its :timeout of 500 ms"));
        assertThat(exceeded(OptionalLong.of(1_000)).category()).isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void pastTheCapARequestIsIncorrectWhateverItAskedFor() {
        Anomaly expected =
                Anomaly.of(Category.INCORRECT, "The request took longer than the 1000 ms that this server allows");

        assertThat(exceeded(NONE)).isEqualTo(expected);
        assertThat(exceeded(OptionalLong.of(1_001))).isEqualTo(expected);
        assertThat(exceeded(OptionalLong.of(Long.MAX_VALUE))).isEqualTo(expected);
    }

    @Test
    void theTimeBeforeTheWorkBeganCounts() {
        long tenSecondsAgo = System.nanoTime() - TimeUnit.SECONDS.toNanos(10);

        assertThat(Deadline.of(tenSecondsAgo, OptionalLong.of(9_000), 60_000).longPast())
                .isTrue();
        assertThat(Deadline.of(tenSecondsAgo, OptionalLong.of(15_000), 60_000).remainingMs())
                .isLessThanOrEqualTo(5_000);
    }

    @Test
    void beforeItNothingHappens() {
        assertThatCode(() -> Deadline.of(System.nanoTime(), NONE, 600_000).check())
                .doesNotThrowAnyException();
    }

    @Test
    void afterItTheCheckFails() {
        Deadline deadline = Deadline.of(System.nanoTime(), OptionalLong.of(0), 1_000);

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> {
                    while (true) {
                        deadline.check();
                    }
                })
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INTERRUPTED));
        assertThat(deadline.remainingMs()).isEqualTo(1);
    }

    @Test
    void whatIsLeftIsNeverMoreThanWasAllowed() {
        Deadline deadline = Deadline.of(System.nanoTime(), OptionalLong.of(Long.MAX_VALUE), 600_000);

        assertThat(deadline.remainingMs()).isBetween(1L, 600_000L);
        assertThat(deadline.remaining(5)).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void anEngineThatGaveUpDidSoAtThisDeadline() {
        Deadline cap = Deadline.of(System.nanoTime(), NONE, 1_000);
        AnomalyException other = AnomalyException.incorrect("other");

        assertThat(cap.translate(Anomaly.of(Category.INTERRUPTED, "engine").exception())
                        .anomaly())
                .isEqualTo(cap.exceeded().anomaly());
        assertThat(cap.translate(other)).isSameAs(other);
    }
}
