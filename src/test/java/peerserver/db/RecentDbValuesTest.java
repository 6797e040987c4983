package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class RecentDbValuesTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final RecentDbValues values = new RecentDbValues(at(10), 256, Runnable::run);

    private static DbValue at(long t) {
        return new FakeDbValue("id", t);
    }

    @Test
    void theNewestIsTheOneWithTheHighestTInWhateverOrderTheyArrive() {
        DbValue newest = at(13);
        values.publish(at(12));
        values.publish(newest);
        values.publish(at(11));

        assertThat(values.newest()).isSameAs(newest);
    }

    @Test
    void everyRecentValueIsHeldAtItsOwnT() {
        DbValue later = at(12);
        values.publish(later);

        assertThat(values.held(12)).isSameAs(later);
        assertThat(values.held(10)).isNotNull().extracting(DbValue::basisT).isEqualTo(10L);
        assertThat(values.held(11)).isNull();
        assertThat(values.held(13)).isNull();
    }

    @Test
    void theFirstValueOfATStays() {
        DbValue first = at(11);
        values.publish(first);
        values.publish(at(11));

        assertThat(values.held(11)).isSameAs(first);
        assertThat(values.newest()).isSameAs(first);
    }

    @Test
    void theMostRecentValuesAreHeldAndNoOthers() {
        for (long t = 11; t <= 2_000; t++) {
            values.publish(at(t));
        }
        assertThat(LongStream.rangeClosed(10, 2_000).filter(t -> values.held(t) != null))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1_745, 2_000).boxed().toList());
    }

    @Test
    void valuesReadOftenDoNotDisplaceRecentOnes() {
        RecentDbValues few = new RecentDbValues(at(1), 2, Runnable::run);
        for (long t = 2; t <= 50; t++) {
            for (int i = 0; i < 10; i++) {
                few.held(1);
            }
            few.publish(at(t));
        }
        assertThat(few.held(49)).isNotNull();
        assertThat(few.held(1)).isNull();
    }

    @Test
    void aTThatHasArrivedIsNotWaitedFor() {
        assertThat(values.await(10, LONG)).isCompletedWithValue(values.newest());
        assertThat(values.await(3, LONG)).isCompletedWithValue(values.newest());
    }

    @Test
    void whoeverWaitsIsWokenOnceItsTArrives() {
        CompletableFuture<DbValue> eleven = values.await(11, LONG);
        CompletableFuture<DbValue> again = values.await(11, LONG);
        CompletableFuture<DbValue> thirteen = values.await(13, LONG);
        assertThat(eleven).isNotDone();

        values.publish(at(12));
        assertThat(eleven.join().basisT()).isEqualTo(12);
        assertThat(again.join().basisT()).isEqualTo(12);
        assertThat(thirteen).isNotDone();

        values.publish(at(11));
        assertThat(thirteen).isNotDone();

        values.publish(at(20));
        assertThat(thirteen.join().basisT()).isEqualTo(20);
    }

    @Test
    void aWaitThatIsOverNamesBothTs() {
        CompletableFuture<DbValue> future = values.await(99, Duration.ofMillis(1));

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(future::join)
                .withCauseInstanceOf(AnomalyException.class)
                .satisfies(e -> {
                    AnomalyException cause = (AnomalyException) Objects.requireNonNull(e.getCause());
                    assertThat(cause.anomaly().category()).isEqualTo(Category.UNAVAILABLE);
                    assertThat(cause.anomaly().message()).contains("99", "10");
                });
    }

    @Test
    void noWakeUpIsLostWhenValuesArriveWhileOthersBeginToWait() throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        List<CompletableFuture<DbValue>> waiting = new ArrayList<>();
        Thread waiter = new Thread(() -> {
            begin.countDown();
            for (long t = 11; t <= 3_000; t++) {
                waiting.add(values.await(t, LONG));
            }
        });
        waiter.start();
        begin.await();
        for (long t = 11; t <= 3_000; t++) {
            values.publish(at(t));
        }
        waiter.join();

        for (int i = 0; i < waiting.size(); i++) {
            assertThat(waiting.get(i).join().basisT()).isGreaterThanOrEqualTo(11 + i);
        }
    }

    @Test
    void aValueOfAnotherTIsNeverHandedOutWhileNewOnesArrive() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean wrong = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                long t = values.newest().basisT();
                DbValue held = values.held(t);
                wrong.compareAndSet(false, held != null && held.basisT() != t);
            }
        });
        reader.start();
        for (long t = 11; t <= 200_000; t++) {
            values.publish(at(t));
        }
        over.set(true);
        reader.join();

        assertThat(wrong).isFalse();
    }
}
