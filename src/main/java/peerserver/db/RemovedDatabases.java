package peerserver.db;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.work.ManagedThreads;

/**
 * Databases that are declared no longer and still open for a time of grace, so that iterations can come to their end.
 * Thread-safe.
 */
final class RemovedDatabases {

    private static final Logger LOG = Logger.getLogger(RemovedDatabases.class.getName());

    private final long graceMs;
    private final ThreadFactory threads;
    private final Map<ServedDatabase, Thread> closing = new ConcurrentHashMap<>();

    RemovedDatabases(long graceMs, ThreadFactory threads) {
        this.graceMs = graceMs;
        this.threads = threads;
    }

    /** Takes a connected database, to close it at the end of its time. */
    void add(ServedDatabase database) {
        Thread thread = ManagedThreads.daemon(threads, "close " + database.name(), () -> closeInTime(database));
        closing.put(database, thread);
        thread.start();
    }

    private void closeInTime(ServedDatabase database) {
        try {
            Thread.sleep(graceMs);
            close(database);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever takes the entry out owns the connection. */
    private void close(ServedDatabase database) {
        if (closing.remove(database) != null) {
            close(database.connected(), database.resource());
            LOG.log(Level.INFO, "Closed {0}", database.resource());
        }
    }

    /** Closes a database that nobody needs. Should that fail, it keeps nobody from going on. */
    static void close(NamedDatabase database, DatabaseResource resource) {
        try {
            database.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Cannot close " + resource + " in order", e);
        }
    }

    /** The database with that id on the wire. */
    Optional<ServedDatabase> withId(String databaseId) {
        return closing.keySet().stream()
                .filter(database -> database.hasId(databaseId))
                .findFirst();
    }

    /**
     * The connection that the resource would make, for the caller to keep, if it is open here. One that stands in the way,
     * to the same storage in another manner, is closed at once.
     */
    @Nullable NamedDatabase take(DatabaseResource resource) {
        for (ServedDatabase database : Set.copyOf(closing.keySet())) {
            if (database.resource().connectsAs(resource)) {
                Thread thread = closing.remove(database);
                if (thread != null) {
                    thread.interrupt();
                    return database.connected();
                }
            } else if (database.resource().uri().equals(resource.uri())) {
                close(database);
            }
        }
        return null;
    }

    /** Closes all of them now. */
    void closeAll() {
        closing.forEach((database, thread) -> {
            thread.interrupt();
            close(database);
        });
    }
}
