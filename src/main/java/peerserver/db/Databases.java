package peerserver.db;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.DatabaseConfig;
import peerserver.db.ServedDatabase.State;
import peerserver.wire.AnomalyException;
import peerserver.work.ContainerStart;

/**
 * The databases that this server serves: those declared as resources, each connected in the background, so that
 * deployment waits for none and one that cannot be reached harms no other. Thread-safe.
 */
@Singleton
public class Databases {

    private static final Logger LOG = Logger.getLogger(Databases.class.getName());
    private static final int LONGEST_PAUSE = 30;

    private final DatabaseResources resources;
    private final List<Engine> engines;
    private final DatabaseConfig config;
    private final ThreadFactory threads;
    private final Clock clock;
    private final Map<String, ServedDatabase> served = new ConcurrentHashMap<>();
    private final Map<String, Thread> connecting = new ConcurrentHashMap<>();
    private volatile boolean open;

    @Inject
    Databases(
            DatabaseResources resources,
            Instance<Engine> engines,
            DatabaseConfig config,
            ThreadFactory threads,
            Clock clock) {
        this.resources = resources;
        this.engines = engines.stream().toList();
        this.config = config;
        this.threads = threads;
        this.clock = clock;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        ContainerStart containerStart = ContainerStart.byThisThread();
        for (DatabaseResource resource : resources.all()) {
            note(resource, State.CONNECTING, null, null);
            Thread thread = threads.newThread(() -> connect(resource, containerStart));
            thread.setName("connect " + resource.name());
            thread.setDaemon(true);
            connecting.put(resource.name(), thread);
            thread.start();
        }
        open = true;
    }

    @PreDestroy
    void stop() {
        open = false;
        connecting.values().forEach(Thread::interrupt);
        served.values().forEach(database -> {
            if (database.database() != null) {
                database.database().close();
            }
        });
        served.clear();
    }

    private void connect(DatabaseResource resource, ContainerStart containerStart) {
        try {
            containerStart.awaitEnd();
            for (int pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
                if (connectOnce(resource)) {
                    return;
                }
                Thread.sleep(pause * config.reconnectMs());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean connectOnce(DatabaseResource resource) {
        try {
            Engine engine = engines.stream()
                    .filter(candidate -> candidate.opens(resource.uri()))
                    .findFirst()
                    .orElseThrow(() -> AnomalyException.incorrect("No engine opens a URI of this kind"));
            note(resource, State.CONNECTED, engine.open(resource), null);
            LOG.log(Level.INFO, "Connected {0}", resource);
            return true;
        } catch (AnomalyException e) {
            ServedDatabase before = served.get(resource.name());
            boolean known = before != null && Objects.equals(before.reason(), e.getMessage());
            note(resource, State.FAILED, null, e.getMessage());
            // An error, such as a class that cannot be initialized, is nothing that operators foresee: its causes tell.
            Throwable error = e.getCause() instanceof Error ? e.getCause() : null;
            LOG.log(known ? Level.FINE : Level.WARNING, "Cannot connect " + resource + ": " + e.getMessage(), error);
            return false;
        }
    }

    private void note(
            DatabaseResource resource, State state, @Nullable NamedDatabase database, @Nullable String reason) {
        served.put(resource.name(), new ServedDatabase(resource, state, clock.instant(), database, reason));
    }

    /** Whether every required database is connected; not before the declarations were read, and not while stopping. */
    public boolean ready() {
        return open
                && served.values().stream()
                        .allMatch(database -> !database.resource().required() || database.state() == State.CONNECTED);
    }

    /** Every database declared, whatever its state. */
    public Collection<ServedDatabase> all() {
        return List.copyOf(served.values());
    }

    /** The database of that name. */
    public Optional<ServedDatabase> named(String name) {
        return Optional.ofNullable(served.get(name));
    }

    /** The connected database with that id on the wire. */
    public Optional<ServedDatabase> withId(String databaseId) {
        return served.values().stream()
                .filter(candidate -> candidate.database() != null
                        && candidate.database().databaseId().equals(databaseId))
                .findFirst();
    }
}
