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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import peerserver.config.DatabaseConfig;
import peerserver.db.ServedDatabase.State;
import peerserver.work.ContainerStart;
import peerserver.work.ManagedThreads;

/**
 * The databases that this server serves: those declared as resources, now and later on. Each is connected in the
 * background, so that nothing waits for one that cannot be reached, and none harms another. Thread-safe.
 */
@Singleton
public class Databases {

    private static final Logger LOG = Logger.getLogger(Databases.class.getName());

    private final DatabaseResources resources;
    private final List<Engine> engines;
    private final DatabaseConfig config;
    private final ThreadFactory threads;
    private final Clock clock;
    private final RemovedDatabases removed;
    private final Thread watch;
    private final Map<String, Connector> served = new ConcurrentHashMap<>();
    private volatile @Nullable ContainerStart started;

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
        this.removed = new RemovedDatabases(config.graceMs(), threads);
        this.watch = ManagedThreads.daemon(
                threads, "watch database resources", () -> ManagedThreads.repeat(config.pollMs(), this::refresh));
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        started = ContainerStart.byThisThread();
        refresh();
        watch.start();
    }

    @PreDestroy
    void stop() {
        watch.interrupt();
        Collection<Connector> ending;
        synchronized (this) {
            started = null;
            ending = List.copyOf(served.values());
            served.clear();
        }
        for (Connector connector : ending) {
            NamedDatabase database = connector.end();
            if (database != null) {
                RemovedDatabases.close(database, connector.standing().resource());
            }
        }
        removed.closeAll();
        engines.forEach(Engine::close);
    }

    /** Takes over what is declared now. */
    synchronized void refresh() {
        if (started == null) {
            return;
        }
        try {
            Collection<DatabaseResource> declared = resources.all();
            Set<String> gone = new HashSet<>(served.keySet());
            declared.forEach(resource -> gone.remove(resource.name()));
            gone.forEach(name -> end(served.remove(name)));
            declared.forEach(this::declare);
        } catch (NamingException | RuntimeException e) {
            LOG.log(Level.WARNING, "Cannot list the declared databases; those that are known are served on", e);
        }
    }

    private void declare(DatabaseResource resource) {
        Connector connector = served.get(resource.name());
        if (connector == null) {
            connect(resource);
            return;
        }
        DatabaseResource before = connector.standing().resource();
        if (resource.saysNothing() && !before.saysNothing()) {
            LOG.log(Level.FINE, "{0}; it is served as before", resource.flaw());
        } else if (resource.connectsAs(before)) {
            connector.declare(resource);
        } else {
            connect(resource);
        }
    }

    /** Connects a database, in the place of the one that was served under its name, if there was one. */
    private void connect(DatabaseResource resource) {
        Connector connector =
                new Connector(resource, engines, removed, config, clock, threads, Objects.requireNonNull(started));
        end(served.put(resource.name(), connector));
        connector.begin();
    }

    private void end(@Nullable Connector connector) {
        if (connector != null) {
            LOG.log(Level.INFO, "No longer serving {0}", connector.standing().resource());
            if (connector.end() != null) {
                removed.add(connector.standing());
            }
        }
    }

    /** Whether every required database is connected; not before the declarations were read, and not while stopping. */
    public boolean ready() {
        return started()
                && all().stream()
                        .allMatch(database -> !database.resource().required() || database.state() == State.CONNECTED);
    }

    /** Whether the declarations have been read, and the server is not being stopped. */
    public boolean started() {
        return started != null;
    }

    /** Every database declared, whatever its state, as far as it is known. */
    public Collection<ServedDatabase> all() {
        return served.values().stream().map(Connector::standing).toList();
    }

    /** The database of that name; one that is not known yet is looked for among the resources. */
    public Optional<ServedDatabase> named(String name) {
        Connector known = served.get(name);
        return Optional.ofNullable(known == null ? discovered(name) : known).map(Connector::standing);
    }

    private synchronized @Nullable Connector discovered(String name) {
        if (started != null) {
            try {
                resources.named(name).ifPresent(this::declare);
            } catch (NamingException e) {
                LOG.log(Level.WARNING, "Cannot look for a database resource of the name " + name, e);
            }
        }
        return served.get(name);
    }

    /** Ends when the first attempt to connect the database of that name has ended, however it did. */
    public CompletionStage<Void> attempted(String name) {
        Connector connector = served.get(name);
        return connector == null ? CompletableFuture.completedFuture(null) : connector.attempted();
    }

    /** The connected database with that id on the wire. */
    public Optional<ServedDatabase> withId(String databaseId) {
        return served.values().stream()
                .map(Connector::standing)
                .filter(candidate -> candidate.hasId(databaseId))
                .findFirst();
    }

    /** The database with that id, as {@link #withId}, or one that was removed a short while ago and is open still. */
    public Optional<ServedDatabase> openWithId(String databaseId) {
        return withId(databaseId).or(() -> removed.withId(databaseId));
    }
}
