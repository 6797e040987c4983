package peerserver.grid;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import peerserver.config.ClusterConfig;
import peerserver.config.TransactionConfig;
import peerserver.op.SharedOutcomes;
import peerserver.work.Workers;

/**
 * Outcomes of transactions in the server's data grid. It may be slow, or away: nobody waits for it longer than configured,
 * and after such a wait nobody asks it for a while. What this node puts there is bounded in number and bytes for each caller,
 * as it is on the node. Thread-safe.
 */
@Singleton
public class GridOutcomes implements SharedOutcomes {

    private static final Logger LOG = Logger.getLogger(GridOutcomes.class.getName());
    private static final String NAME = "peerserver.tx-ids";
    private static final int THREADS = 16;
    private static final int WAITING = 1_000;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Instance<CacheManager> managers;
    private final ClusterConfig config;
    private final TransactionConfig bounds;
    private final ThreadPoolExecutor threads;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private volatile @Nullable Cache<String, String> cache;
    private volatile @Nullable Boolean there;
    private final AtomicLong restsUntil = new AtomicLong(System.nanoTime());
    private final Workers workers;

    /**
     * Those of the container's data grid.
     *
     * @param workers where those go on whom the grid has not answered
     */
    @Inject
    GridOutcomes(
            Instance<CacheManager> managers,
            ClusterConfig config,
            TransactionConfig bounds,
            ThreadFactory threads,
            Workers workers) {
        this.managers = managers;
        this.config = config;
        this.bounds = bounds;
        this.workers = workers;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), threads);
        this.threads.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    @Override
    public boolean there() {
        if (!config.shared()) {
            return false;
        }
        Boolean known = there;
        if (known == null) {
            try {
                known = !managers.isUnsatisfied() && managers.get() != null;
            } catch (RuntimeException e) {
                LOG.log(Level.FINE, "No data grid now", e);
                return false;
            }
            there = known;
            LOG.log(
                    known ? Level.INFO : Level.WARNING,
                    known
                            ? "Transactions are made once for each :tx-id in the whole cluster"
                            : "There is no data grid: transactions are made once for each :tx-id on each node");
        }
        return known;
    }

    @Override
    public CompletionStage<@Nullable String> putIfAbsent(String caller, String id, String text) {
        String key = key(caller, id);
        return ask(grid -> grid.putIfAbsent(key, text) ? null : grid.get(key));
    }

    @Override
    public CompletionStage<@Nullable String> find(String caller, String id) {
        return ask(grid -> grid.get(key(caller, id)));
    }

    @Override
    public CompletionStage<?> put(String caller, String id, String text) {
        return ask(grid -> {
            grid.put(key(caller, id), text);
            rooms.computeIfAbsent(caller, name -> new Room()).add(grid, key(caller, id), text.length());
            return null;
        });
    }

    @Override
    public CompletionStage<?> replace(String caller, String id, String before, String text) {
        return ask(grid -> {
            grid.replace(key(caller, id), before, text);
            return null;
        });
    }

    @Override
    public CompletionStage<?> remove(String caller, String id, String text) {
        return ask(grid -> {
            grid.remove(key(caller, id), text);
            return null;
        });
    }

    private static String key(String caller, String id) {
        return caller + ' ' + id;
    }

    private CompletionStage<@Nullable String> ask(Function<Cache<String, String>, @Nullable String> question) {
        if (rests(restsUntil.get())) {
            return CompletableFuture.failedFuture(new TimeoutException("the data grid did not answer a moment ago"));
        }
        try {
            // Not by the thread that keeps the time for the whole JVM.
            return CompletableFuture.supplyAsync(() -> question.apply(cache()), threads)
                    .orTimeout(config.gridTimeoutMs(), TimeUnit.MILLISECONDS)
                    .exceptionallyAsync(this::rest, workers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean rests(long until) {
        return until - System.nanoTime() > 0;
    }

    private @Nullable String rest(Throwable thrown) {
        long before = restsUntil.get();
        if (!rests(before) && restsUntil.compareAndSet(before, System.nanoTime() + REST_NANOS)) {
            LOG.log(
                    Level.WARNING,
                    "The data grid does not answer; for a while transactions are made without it: {0}",
                    thrown.toString());
        }
        throw new CompletionException(thrown);
    }

    private Cache<String, String> cache() {
        Cache<String, String> known = cache;
        return known == null || known.isClosed() ? opened() : known;
    }

    private synchronized Cache<String, String> opened() {
        CacheManager manager = managers.get();
        Cache<String, String> opened;
        try {
            opened = manager.createCache(
                    NAME,
                    new MutableConfiguration<String, String>()
                            .setTypes(String.class, String.class)
                            .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(
                                    new Duration(TimeUnit.MILLISECONDS, bounds.windowMs()))));
        } catch (CacheException e) {
            // Another node, or this one before, has made it.
            opened = manager.getCache(NAME, String.class, String.class);
        }
        cache = opened;
        return opened;
    }

    private record Put(String key, int bytes) {}

    /** What this node has put there for one caller, in that order. */
    private final class Room {

        private final Deque<Put> puts = new ArrayDeque<>();
        private long bytes;

        synchronized void add(Cache<String, String> grid, String key, int length) {
            puts.add(new Put(key, length));
            bytes += length;
            while (puts.size() > bounds.perCaller() || bytes > bounds.bytesPerCaller()) {
                Put eldest = puts.remove();
                bytes -= eldest.bytes();
                grid.remove(eldest.key());
            }
        }
    }
}
