package peerserver.db.peer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import peerserver.db.DatabaseResource;
import peerserver.db.EngineErrors;
import peerserver.db.NamedDatabase;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.ManagedThreads;

/**
 * Attempts to connect, each on a thread of its own, because the peer library waits as long as its storage does and takes
 * longer when it is interrupted. Whoever comes back for a database while an attempt is under way waits for that one:
 * there are never two. What was connected when nobody waited is kept for a while, for whoever comes back, and then closed.
 * Thread-safe.
 */
final class Attempts {

    /** After how many times its patience an attempt is interrupted, and another one begun. */
    private static final int HOPELESS = 10;

    private final ThreadFactory threads;
    private final long keptMs;
    private final Map<Key, Attempt> running = new HashMap<>();

    /**
     * None as yet.
     *
     * @param keptMs how long what was connected is kept for somebody to come back, milliseconds
     */
    Attempts(ThreadFactory threads, long keptMs) {
        this.threads = threads;
        this.keptMs = keptMs;
    }

    /**
     * Waits for an attempt, that of an earlier call or a new one.
     *
     * @throws peerserver.wire.AnomalyException {@code unavailable} when it fails, is not over in time, or the caller is
     *     interrupted
     */
    NamedDatabase await(DatabaseResource resource, Duration patience, Supplier<NamedDatabase> connecting) {
        Key key = new Key(resource.name(), resource.uri(), resource.dataSource(), resource.databaseId());
        Attempt attempt = join(key, patience, connecting);
        try {
            NamedDatabase database = attempt.outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            taken(key, attempt);
            return database;
        } catch (ExecutionException e) {
            taken(key, attempt);
            Throwable reason = Objects.requireNonNull(e.getCause());
            throw unavailable(EngineErrors.anomaly(reason).message(), reason);
        } catch (TimeoutException e) {
            leave(attempt, false);
            throw unavailable("No answer from its storage or its transactor within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            leave(attempt, true);
            Thread.currentThread().interrupt();
            throw unavailable("Not connected before it was wanted no more", e);
        }
    }

    private synchronized Attempt join(Key key, Duration patience, Supplier<NamedDatabase> connecting) {
        Attempt before = running.get(key);
        if (before != null && !before.olderThan(patience.multipliedBy(HOPELESS))) {
            before.waiting++;
            before.wanted = true;
            return before;
        }
        if (before != null) {
            before.end();
        }
        Attempt attempt = new Attempt(key, connecting);
        running.put(key, attempt);
        attempt.thread.start();
        return attempt;
    }

    private synchronized void taken(Key key, Attempt attempt) {
        running.remove(key, attempt);
        attempt.taken = true;
        notifyAll();
    }

    /**
     * Nobody waits here any more, while the attempt goes on.
     *
     * @param forGood whether he will not come back either
     */
    private synchronized void leave(Attempt attempt, boolean forGood) {
        attempt.waiting--;
        if (forGood && attempt.waiting == 0) {
            attempt.wanted = false;
            notifyAll();
        }
    }

    /** Closes what an attempt has come to, unless somebody takes it. */
    private void ended(Key key, Attempt attempt) {
        if (attempt.outcome.isCompletedExceptionally()) {
            return;
        }
        synchronized (this) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(keptMs);
            try {
                while (!attempt.taken && (attempt.waiting > 0 || attempt.keptUntil(until))) {
                    TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, until - System.nanoTime()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (attempt.taken) {
                return;
            }
            running.remove(key, attempt);
        }
        attempt.outcome.join().close();
    }

    /** Ends what is under way, as the server ends. */
    synchronized void stop() {
        running.values().forEach(Attempt::end);
    }

    private static RuntimeException unavailable(String message, Throwable cause) {
        return Anomaly.of(Category.UNAVAILABLE, message).exception(cause);
    }

    /** What an attempt depends on. */
    private record Key(String name, String uri, Optional<String> dataSource, Optional<String> databaseId) {}

    /** One attempt, who waits for it, and whether anybody will ask for what comes of it; guarded by the attempts. */
    private final class Attempt {

        private final CompletableFuture<NamedDatabase> outcome = new CompletableFuture<>();
        private final long began = System.nanoTime();
        private final Thread thread;
        private int waiting = 1;
        private boolean wanted = true;
        private boolean taken;

        Attempt(Key key, Supplier<NamedDatabase> connecting) {
            thread = ManagedThreads.daemon(threads, "connecting " + key.name, () -> {
                try {
                    outcome.complete(connecting.get());
                } catch (Throwable e) {
                    // Clojure throws checked exceptions without declaring them; a missing class is an error.
                    outcome.completeExceptionally(e);
                }
                ended(key, this);
            });
        }

        boolean keptUntil(long until) {
            return wanted && until - System.nanoTime() > 0;
        }

        void end() {
            wanted = false;
            thread.interrupt();
        }

        boolean olderThan(Duration age) {
            return !outcome.isDone() && System.nanoTime() - began > age.toNanos();
        }
    }
}
