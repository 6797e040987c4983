package peerserver.db.local;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peerserver.config.DatabaseConfig;
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

    private static final int IDLE_SECONDS = 5;

    private final DatabaseConfig config;
    private final Executor threads;
    private final Semaphore free;
    private final Map<String, Semaphore> freeByCaller;
    private final @Nullable Semaphore callers;

    private LocalThreads(
            DatabaseConfig config,
            Executor threads,
            Semaphore free,
            Map<String, Semaphore> freeByCaller,
            @Nullable Semaphore callers) {
        this.config = config;
        this.threads = threads;
        this.free = free;
        this.freeByCaller = freeByCaller;
        this.callers = callers;
    }

    /** The threads for all databases. */
    static LocalThreads of(DatabaseConfig config) {
        int most = config.localThreads();
        Executor threads = new ThreadPoolExecutor(
                0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("datomic local"));
        return new LocalThreads(config, threads, new Semaphore(most), Map.of(), null);
    }

    /** The same threads, as many of them as one database may have. */
    LocalThreads ofOneDatabase() {
        Semaphore most = new Semaphore(config.localThreadsPerDatabase());
        return new LocalThreads(config, threads, most, new ConcurrentHashMap<>(), null);
    }

    /** The same threads of one database, as many of them as one caller may have. */
    LocalThreads of(String caller) {
        Semaphore most = freeByCaller.computeIfAbsent(caller, name -> new Semaphore(config.localThreadsPerKey()));
        return new LocalThreads(config, threads, free, freeByCaller, most);
    }

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

    /** Does what no amount of other work may stand in the way of, on a thread of its own, and waits for it. */
    <T extends @Nullable Object> T runInAnyCase(Supplier<T> work) {
        ThreadFactory own = named("datomic local, apart");
        return outcome(CompletableFuture.supplyAsync(() -> EngineErrors.translating(work), task -> own.newThread(task)
                .start()));
    }

    /**
     * Does work on forms of a caller, and waits no longer than that. It goes on to its end, and counts until then.
     *
     * @throws AnomalyException {@code interrupted} when time is up
     */
    <T extends @Nullable Object> T runWithin(long timeoutMs, Supplier<T> work) {
        // A copy: a future is over when its time is up, and what it stands for is not.
        return outcome(start(work).copy().orTimeout(timeoutMs, TimeUnit.MILLISECONDS));
    }

    private <T extends @Nullable Object> CompletableFuture<T> start(Supplier<T> work) {
        if (callers != null && !callers.tryAcquire()) {
            throw busy("This access key", config.localThreadsPerKey());
        }
        if (!free.tryAcquire()) {
            releaseCallers();
            throw busy("The database", config.localThreadsPerDatabase());
        }
        try {
            return CompletableFuture.supplyAsync(() -> ended(work), threads);
        } catch (RejectedExecutionException e) {
            release();
            throw busy("Datomic Local", config.localThreads());
        } catch (Error e) {
            // There is no memory for another thread.
            release();
            throw e;
        }
    }

    private <T extends @Nullable Object> T ended(Supplier<T> work) {
        try {
            return EngineErrors.translating(work);
        } finally {
            release();
        }
    }

    private void release() {
        free.release();
        releaseCallers();
    }

    private void releaseCallers() {
        if (callers != null) {
            callers.release();
        }
    }

    private static AnomalyException busy(String who, int most) {
        return Anomaly.of(
                        Category.BUSY,
                        who + " has " + most + " requests at work in Datomic Local, some of them perhaps past their"
                                + " time: it cannot be stopped")
                .exception();
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
