package peerserver.db;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/**
 * The recent values of one database by their basis t, and the requests that wait for a t that has not arrived. A waiting
 * request holds no thread. Thread-safe.
 */
public final class RecentDbValues {

    private final ConcurrentSkipListMap<Long, DbValue> byT = new ConcurrentSkipListMap<>();
    private final int kept;
    private final ConcurrentSkipListMap<Waiting, CompletableFuture<DbValue>> waiting = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Executor executor;
    private volatile DbValue newest;

    private record Waiting(long t, long number) implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            return t == other.t ? Long.compare(number, other.number) : Long.compare(t, other.t);
        }
    }

    /**
     * Begins with the value that is newest now.
     *
     * @param kept how many values are kept, those with the highest t
     * @param executor where those that waited go on
     */
    public RecentDbValues(DbValue first, int kept, Executor executor) {
        this.kept = kept;
        this.executor = executor;
        this.newest = first;
        byT.put(first.basisT(), first);
    }

    /** Takes note of a value, in whatever order values arrive, and wakes those that waited for its t. */
    public void publish(DbValue value) {
        synchronized (this) {
            byT.putIfAbsent(value.basisT(), value);
            if (byT.size() > kept) {
                byT.pollFirstEntry();
            }
            if (value.basisT() > newest.basisT()) {
                newest = value;
            }
        }
        Map<Waiting, CompletableFuture<DbValue>> arrived =
                waiting.headMap(new Waiting(newest.basisT(), Long.MAX_VALUE), true);
        arrived.forEach((key, future) -> {
            if (waiting.remove(key, future)) {
                future.completeAsync(() -> newest, executor);
            }
        });
    }

    /** The newest value seen. */
    public DbValue newest() {
        return newest;
    }

    /** The unfiltered value at exactly that t, or null when it is not held. */
    public @Nullable DbValue held(long t) {
        DbValue latest = newest;
        return t == latest.basisT() ? latest : byT.get(t);
    }

    /**
     * The value at {@code t}: unfiltered while it is held, otherwise as of t. Waits and fails as {@link #await} does.
     */
    public CompletionStage<DbValue> at(long t, Duration wait) {
        DbValue held = held(t);
        return held == null
                ? await(t, wait).thenApply(newer -> asOf(t, newer))
                : CompletableFuture.completedFuture(held);
    }

    private DbValue asOf(long t, DbValue newer) {
        DbValue held = held(t);
        return held == null ? newer.asOf(t) : held;
    }

    /**
     * The newest value, once its basis is {@code t} or later.
     *
     * @return fails with {@code unavailable}, naming both t's, when that takes longer than {@code wait}
     */
    public CompletableFuture<DbValue> await(long t, Duration wait) {
        if (newest.basisT() >= t) {
            return CompletableFuture.completedFuture(newest);
        }
        Waiting key = new Waiting(t, numbers.incrementAndGet());
        CompletableFuture<DbValue> future = new CompletableFuture<>();
        waiting.put(key, future);
        if (newest.basisT() >= t && waiting.remove(key, future)) {
            future.complete(newest);
        }
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> {
                    if (waiting.remove(key, future)) {
                        future.completeExceptionally(late(t));
                    }
                });
        return future;
    }

    private RuntimeException late(long t) {
        return Anomaly.of(
                        Category.UNAVAILABLE,
                        "This node has not seen t " + t + " yet; the newest it has seen is " + newest.basisT())
                .exception();
    }
}
