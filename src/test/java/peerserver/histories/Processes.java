package peerserver.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that work side by side until they are told to end; one that fails, fails the test. */
final class Processes implements AutoCloseable {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(3);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> working = new ArrayList<>();
    private volatile boolean over;

    void start(Callable<Void> process) {
        working.add(threads.submit(process));
    }

    boolean goOn() {
        return !over;
    }

    /** Tells them to end, and waits until all have. */
    @Override
    public void close() {
        over = true;
        try {
            for (Future<?> process : working) {
                process.get(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a process failed, or does not end", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
