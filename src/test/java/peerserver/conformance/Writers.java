package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Writers that go on, each over a connection of its own, until they are closed; a transaction that fails, fails that. */
final class Writers implements AutoCloseable {

    private final ExecutorService threads;
    private final List<Future<?>> working = new ArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean stopped;

    /** What a writer writes. */
    interface Work {
        void write(Connection connection, long number);
    }

    private Writers(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    static Writers start(Target target, int count, Work work) {
        Writers writers = new Writers(count);
        for (int writer = 0; writer < count; writer++) {
            int first = writer;
            writers.working.add(writers.threads.submit(() -> {
                Connection own = target.client().connect(Target.HELLO);
                for (long number = first; !writers.stopped; number += count) {
                    work.write(own, number);
                    writers.written.incrementAndGet();
                }
            }));
        }
        return writers;
    }

    /** Waits until they have written some more. */
    void awaitMore(int transactions) throws InterruptedException {
        long enough = written.get() + transactions;
        for (int i = 0; written.get() < enough && i < 6_000; i++) {
            Thread.sleep(10);
        }
        assertThat(written.get()).as("writers go on").isGreaterThanOrEqualTo(enough);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Future<?> writer : working) {
                writer.get(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a writer failed, or does not end", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
