package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.db.QueryRows;
import peerserver.db.Rows;
import peerserver.work.TestWorkers;
import peerserver.work.Workers;

class LiveRowsTest {

    private static final TestOwner OWNER = TestOwner.of("key", "secret");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Thread> threads = new ArrayList<>();
    private final Workers workers = TestWorkers.of(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    });
    private final LiveRows live = live(Map.of());

    private LiveRows live(Map<String, String> settings) {
        return new LiveRows(IterationConfig.from(new MapConfig(settings)), workers);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(1);
        }
    }

    private static Rows movable() {
        return new QueryRows(List.of(List.of(0L), List.of(1L), List.of(2L)), UnaryOperator.identity());
    }

    private static List<Object> all(@Nullable Rows rows) {
        List<Object> all = new ArrayList<>();
        if (rows != null) {
            rows.forEachRemaining(all::add);
        }
        return all;
    }

    @Test
    void whoeverTakesRowsHasThemAlone() throws TimeoutException {
        live.keep(OWNER, "iteration", new Once(List.<Object>of(0L, 1L).iterator()), 5, 1);

        assertThat(all(live.take(OWNER, "iteration", 5, LONG))).containsExactly(0L, 1L);
        assertThat((Object) live.take(OWNER, "iteration", 5, LONG)).isNull();
    }

    @Test
    void rowsThatCanBeMovedAre() throws TimeoutException {
        Rows rows = movable();
        rows.skip(3);
        live.keep(OWNER, "iteration", rows, 3, 1);

        assertThat(all(live.take(OWNER, "iteration", 1, LONG))).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void rowsThatStandElsewhereAndCannotBeMovedAreDropped() throws TimeoutException {
        live.keep(OWNER, "iteration", new Once(List.<Object>of(0L).iterator()), 5, 1);

        assertThat((Object) live.take(OWNER, "iteration", 4, LONG)).isNull();
        assertThat((Object) live.take(OWNER, "iteration", 5, LONG)).isNull();
    }

    @Test
    void nobodyTakesTheRowsOfAnotherCallerOrIteration() throws TimeoutException {
        live.keep(OWNER, "iteration", movable(), 0, 1);

        assertThat((Object) live.take(TestOwner.of("other", "secret"), "iteration", 0, LONG))
                .isNull();
        assertThat((Object) live.take(OWNER, "other", 0, LONG)).isNull();
        assertThat(all(live.take(OWNER, "iteration", 0, LONG))).hasSize(3);
    }

    @Test
    void theRowsOfTheNextChunkAreReadBeforeTheyAreAskedFor() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(2);
        live.keep(OWNER, "iteration", counting(read), 0, 2);

        read.await();
    }

    @Test
    void nothingIsReadAheadWhereThatIsConfigured() throws TimeoutException {
        CountDownLatch read = new CountDownLatch(3);
        LiveRows lazy = live(Map.of("peerserver.iterations.ahead-rows", "0"));
        lazy.keep(OWNER, "iteration", counting(read), 0, 2);

        assertThat(threads).isEmpty();
        assertThat(read.getCount()).isEqualTo(3);
        assertThat(all(lazy.take(OWNER, "iteration", 0, LONG))).hasSize(3);
    }

    private static Rows counting(CountDownLatch read) {
        return new QueryRows(List.of(List.of(0L), List.of(1L), List.of(2L)), row -> {
            read.countDown();
            return row;
        });
    }

    @Test
    void rowsThatAreNotReadInTimeAreStillKept() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        live.keep(
                OWNER,
                "iteration",
                new QueryRows(List.of(List.of(0L)), row -> {
                    begun.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return row;
                }),
                0,
                1);
        begun.await();

        try {
            live.take(OWNER, "iteration", 0, Duration.ofMillis(1));
            throw new AssertionError("not waited for");
        } catch (TimeoutException e) {
            released.countDown();
        }
        assertThat(all(live.take(OWNER, "iteration", 0, LONG))).containsExactly(List.of(0L));
    }

    /** Rows that can only be read once, from front to back. */
    private record Once(Iterator<Object> rows) implements Rows {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Object next() {
            return rows.next();
        }
    }
}
