package peerserver.db.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peerserver.db.EngineErrors;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/**
 * The threads that Datomic Local works on. Nobody interrupts them: an interrupt closes the files of the database it
 * reads. So they are neither the container's, which ends its threads with one, nor the callers', who may be told to stop;
 * whoever waits for them waits through an interrupt.
 */
final class LocalThreads {

    private static final int MOST = 64;
    private static final int IDLE_SECONDS = 5;

    private final Executor threads = new ThreadPoolExecutor(
            0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("datomic local"));

    /** One thread, which works on one task after the other. */
    static ThreadPoolExecutor single(String name, int queue) {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue), named(name));
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(LocalThreads.class.getClassLoader());
            return thread;
        };
    }

    /** Does work on forms of a caller, and waits for it. */
    <T extends @Nullable Object> T run(Supplier<T> work) {
        return outcome(start(work));
    }

    /**
     * Does the same, and waits no longer than that. The work goes on to its end.
     *
     * @throws AnomalyException {@code interrupted} when time is up
     */
    <T extends @Nullable Object> T runWithin(long timeoutMs, Supplier<T> work) {
        return outcome(start(work).orTimeout(timeoutMs, TimeUnit.MILLISECONDS));
    }

    private <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> LocalErrors.translating(work), threads);
        } catch (RejectedExecutionException e) {
            throw Anomaly.of(
                            Category.BUSY,
                            "Datomic Local is at work on " + MOST + " requests, some of them perhaps"
                                    + " past their time: it cannot be stopped")
                    .exception(e);
        }
    }

    private static <T extends @Nullable Object> T outcome(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AnomalyException known) {
                throw known;
            }
            if (e.getCause() instanceof TimeoutException timeout) {
                throw EngineErrors.anomaly(timeout).exception(timeout);
            }
            throw e;
        }
    }
}
