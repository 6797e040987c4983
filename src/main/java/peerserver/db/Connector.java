package peerserver.db;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.DatabaseConfig;
import peerserver.wire.AnomalyException;
import peerserver.work.ContainerStart;
import peerserver.work.ManagedThreads;

/**
 * Connects one declared database, in the background: again and again, with growing pauses, until it succeeds or the
 * database is no longer wanted. Thread-safe.
 */
final class Connector {

    private static final Logger LOG = Logger.getLogger(Connector.class.getName());

    private final List<Engine> engines;
    private final RemovedDatabases removed;
    private final DatabaseConfig config;
    private final Clock clock;
    private final ThreadFactory threads;
    private final ContainerStart containerStart;
    private final CompletableFuture<Void> attempted = new CompletableFuture<>();
    private @Nullable Thread thread;
    private volatile ServedDatabase standing;
    private boolean ended;

    /**
     * A connector that has yet to begin.
     *
     * @param removed where a connection may be open that can be taken over
     * @param containerStart what the first attempt waits for
     */
    Connector(
            DatabaseResource resource,
            List<Engine> engines,
            RemovedDatabases removed,
            DatabaseConfig config,
            Clock clock,
            ThreadFactory threads,
            ContainerStart containerStart) {
        this.engines = engines;
        this.removed = removed;
        this.config = config;
        this.clock = clock;
        this.standing = ServedDatabase.declared(resource, clock.instant());
        this.threads = threads;
        this.containerStart = containerStart;
    }

    /** Begins with the attempts. */
    void begin() {
        begin(this::connect);
    }

    private synchronized void begin(Runnable attempts) {
        if (!ended) {
            thread = ManagedThreads.daemon(threads, "connect " + standing.name(), attempts);
            thread.start();
        }
    }

    /** How the database stands now. */
    ServedDatabase standing() {
        return standing;
    }

    /** Ends when the first attempt has ended, however it did. */
    CompletionStage<Void> attempted() {
        return attempted;
    }

    /** Takes note of a change in what the connection does not depend on. */
    synchronized void declare(DatabaseResource changed) {
        standing = standing.declaredAs(changed);
    }

    /**
     * Ends all attempts.
     *
     * @return the connection, if there is one, for the caller to close
     */
    synchronized @Nullable NamedDatabase end() {
        ended = true;
        if (thread != null) {
            thread.interrupt();
        }
        return standing.database();
    }

    private void connect() {
        try {
            containerStart.awaitEnd();
            for (long pause = config.reconnectMs();
                    !connectOnce();
                    pause = Math.min(2 * pause, config.longestPauseMs())) {
                attempted.complete(null);
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            attempted.complete(null);
        }
    }

    private boolean connectOnce() {
        DatabaseResource resource = standing.resource();
        try {
            Engine engine = engineOf(resource.flawless());
            NamedDatabase database = removed.take(resource);
            settle(database == null ? engine.open(resource) : database);
            return true;
        } catch (RuntimeException e) {
            // What was foreseen is an AnomalyException; anything else must not end the attempts either.
            fail(e instanceof AnomalyException ? String.valueOf(e.getMessage()) : e.toString(), e);
            return false;
        }
    }

    private Engine engineOf(DatabaseResource resource) {
        for (Engine engine : engines) {
            if (engine.opens(resource.uri())) {
                synchronized (this) {
                    standing = standing.openedBy(engine.name());
                }
                return engine;
            }
        }
        throw AnomalyException.incorrect("No engine opens a URI of this kind");
    }

    private void settle(NamedDatabase database) {
        synchronized (this) {
            if (!ended) {
                standing = standing.connected(database, clock.instant());
                LOG.log(Level.INFO, "Connected {0}", standing.resource());
                database.onLoss(reason -> lose(database, reason));
                return;
            }
        }
        database.close();
    }

    private synchronized void lose(NamedDatabase database, String reason) {
        if (standing.database() == database && !ended) {
            standing = standing.failed(reason, clock.instant());
            LOG.log(Level.WARNING, "Lost {0}: {1}", new Object[] {standing.resource(), reason});
            begin(() -> {
                RemovedDatabases.close(database, standing.resource());
                connect();
            });
        }
    }

    private synchronized void fail(String reason, RuntimeException e) {
        if (ended) {
            return;
        }
        boolean known = standing.reason().filter(reason::equals).isPresent();
        standing = standing.failed(reason, clock.instant());
        LOG.log(
                known ? Level.FINE : Level.WARNING,
                "Cannot connect " + standing.resource() + ": " + reason,
                unforeseen(e));
    }

    /** What operators cannot foresee, such as a class that cannot be initialized: its causes tell. */
    private static @Nullable Throwable unforeseen(RuntimeException e) {
        if (e instanceof AnomalyException) {
            return e.getCause() instanceof Error error ? error : null;
        }
        return e;
    }
}
