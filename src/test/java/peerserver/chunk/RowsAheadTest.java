package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import peerserver.db.QueryRows;
import peerserver.db.Rows;

class RowsAheadTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Object> finished = new ArrayList<>();

    private Rows rows(UnaryOperator<Object> finish) {
        return new QueryRows(LongStream.range(0, 10).mapToObj(List::of).toList(), row -> {
            finished.add(row);
            return finish.apply(row);
        });
    }

    private static List<Object> all(Rows rows) {
        List<Object> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        return all;
    }

    @Test
    void areTheRowsThemselvesHowManyEverAreReadAhead() {
        for (int count = 0; count <= 12; count++) {
            RowsAhead ahead = RowsAhead.of(rows(UnaryOperator.identity()), count);
            if (count % 2 == 0) {
                ahead.reading().run();
            }
            assertThat(all(ahead)).isEqualTo(all(rows(UnaryOperator.identity())));
        }
    }

    @Test
    void areReadAheadNoFurtherThanAsked() {
        RowsAhead ahead = RowsAhead.of(rows(UnaryOperator.identity()), 4);
        ahead.reading().run();
        ahead.reading().run();

        assertThat(finished).hasSize(4);
        assertThat(ahead.next()).isEqualTo(List.of(0L));
        assertThat(finished).hasSize(4);
    }

    @Test
    void areReadByWhoeverNeedsThemWhenNobodyElseDid() throws TimeoutException {
        RowsAhead ahead = RowsAhead.of(rows(UnaryOperator.identity()), 4);
        ahead.await(LONG);

        assertThat(finished).hasSize(4);
    }

    @Test
    void areWaitedForNoLongerThanAllowed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RowsAhead ahead = RowsAhead.of(
                rows(row -> {
                    begun.countDown();
                    await(released);
                    return row;
                }),
                4);
        Thread reader = new Thread(ahead.reading());
        reader.start();
        begun.await();

        assertThatThrownBy(() -> ahead.await(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
        released.countDown();
        ahead.await(LONG);
        assertThat(all(ahead)).hasSize(10);
        reader.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellWhatWentWrongToWhoeverAsksForThem() throws TimeoutException {
        RuntimeException wrong = new IllegalStateException("wrong");
        RowsAhead ahead = RowsAhead.of(
                rows(row -> {
                    throw wrong;
                }),
                4);
        ahead.await(LONG);

        assertThatThrownBy(ahead::hasNext).isSameAs(wrong);
        assertThatThrownBy(ahead::next).isSameAs(wrong);
    }

    @Test
    void moveToAnyRowOfThoseThatCanBeMoved() throws TimeoutException {
        RowsAhead ahead = RowsAhead.of(rows(UnaryOperator.identity()), 4);
        ahead.await(LONG);

        assertThat(ahead.moveTo(1)).isTrue();
        assertThat(ahead.next()).isEqualTo(List.of(1L));
        assertThat(ahead.size()).hasValue(10);
    }

    @Test
    void areReadFurtherAheadOnceThoseBeforeWereTaken() {
        RowsAhead first = RowsAhead.of(rows(UnaryOperator.identity()), 2);
        assertThat(first.next()).isEqualTo(List.of(0L));
        assertThat((Object) RowsAhead.of(first, 5)).isSameAs(first);

        assertThat(first.next()).isEqualTo(List.of(1L));
        RowsAhead second = RowsAhead.of(first, 5);
        second.reading().run();
        assertThat(finished).hasSize(7);
        assertThat(second.next()).isEqualTo(List.of(2L));
    }

    @Test
    void weighMoreForTheRowsThatAreReadAhead() {
        Rows rows = rows(UnaryOperator.identity());
        assertThat(RowsAhead.of(rows, 4).weight()).isGreaterThan(rows.weight());
    }
}
