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
 * there are never two. Thread-safe.
 */
final class Attempts {

    /** After how many times its patience an attempt is interrupted, and another one begun. */
    private static final int HOPELESS = 10;

    private final ThreadFactory threads;
    private final Map<Key, Attempt> running = new HashMap<>();

    Attempts(ThreadFactory threads) {
        this.threads = threads;
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
            forget(key, attempt);
            return database;
        } catch (ExecutionException e) {
            forget(key, attempt);
            Throwable reason = Objects.requireNonNull(e.getCause());
            throw unavailable(EngineErrors.anomaly(reason).message(), reason);
        } catch (TimeoutException e) {
            throw unavailable("No answer from its storage or its transactor within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            abandon(key, attempt);
            Thread.currentThread().interrupt();
            throw unavailable("Not connected before it was wanted no more", e);
        }
    }

    private synchronized Attempt join(Key key, Duration patience, Supplier<NamedDatabase> connecting) {
        Attempt before = running.get(key);
        if (before != null && !before.olderThan(patience.multipliedBy(HOPELESS))) {
            before.wanted = true;
            return before;
        }
        if (before != null) {
            before.wanted = false;
            before.thread.interrupt();
        }
        Attempt attempt = new Attempt(key, connecting);
        running.put(key, attempt);
        attempt.thread.start();
        return attempt;
    }

    private synchronized void forget(Key key, Attempt attempt) {
        running.remove(key, attempt);
    }

    /** The attempt goes on; what comes of it is closed, unless somebody joins it until then. */
    private synchronized void abandon(Key key, Attempt attempt) {
        attempt.wanted = false;
        if (attempt.outcome.isDone()) {
            drop(key, attempt);
        }
    }

    private synchronized void ended(Key key, Attempt attempt) {
        if (!attempt.wanted) {
            drop(key, attempt);
        }
    }

    private void drop(Key key, Attempt attempt) {
        running.remove(key, attempt);
        if (!attempt.outcome.isCompletedExceptionally()) {
            attempt.outcome.join().close();
        }
    }

    /** Ends what is under way, as the server ends. */
    synchronized void stop() {
        running.values().forEach(attempt -> {
            attempt.wanted = false;
            attempt.thread.interrupt();
        });
    }

    private static RuntimeException unavailable(String message, Throwable cause) {
        return Anomaly.of(Category.UNAVAILABLE, message).exception(cause);
    }

    /** What an attempt depends on. */
    private record Key(String name, String uri, Optional<String> dataSource, Optional<String> databaseId) {}

    /** One attempt, and whether anybody will ask for what comes of it. */
    private final class Attempt {

        private final CompletableFuture<NamedDatabase> outcome = new CompletableFuture<>();
        private final long began = System.nanoTime();
        private final Thread thread;
        private boolean wanted = true;

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

        boolean olderThan(Duration age) {
            return !outcome.isDone() && System.nanoTime() - began > age.toNanos();
        }
    }
}
