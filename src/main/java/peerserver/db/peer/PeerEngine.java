package peerserver.db.peer;

import datomic.Connection;
import datomic.Peer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import peerserver.config.DatabaseConfig;
import peerserver.config.PeerConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.Engine;
import peerserver.db.NamedDatabase;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.work.Workers;

/** Opens databases through the peer library: in memory, or in any storage with its transactor. */
@Singleton
public class PeerEngine implements Engine {

    private final PeerCatalog catalog = new PeerCatalog();
    private final DatabaseConfig config;
    private final Workers workers;
    private final ThreadFactory threads;
    private final SystemSettings settings;
    private final Attempts attempts;
    private final Set<Connection> opened =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    @Inject
    PeerEngine(DatabaseConfig config, PeerConfig peerConfig, Workers workers, ThreadFactory threads) {
        this.config = config;
        this.workers = workers;
        this.threads = threads;
        this.settings = SystemSettings.apply(peerConfig);
        this.attempts = new Attempts(threads, 2 * config.longestPauseMs());
    }

    @Override
    public String name() {
        return "peer";
    }

    @Override
    public boolean opens(String uri) {
        return catalog.knows(uri);
    }

    @Override
    public NamedDatabase open(DatabaseResource resource) {
        Duration patience = resource.connectTimeout().orElse(Duration.ofMillis(config.connectTimeoutMs()));
        return attempts.await(resource, patience, () -> connect(resource));
    }

    private NamedDatabase connect(DatabaseResource resource) {
        Object address = PeerAddress.of(resource);
        if (resource.create()) {
            Peer.createDatabase(address);
        }
        Connection connection = connection(address);
        // The peer library gives everybody the same connection, and who lets go of it releases it for all.
        if (!opened.add(connection)) {
            throw Anomaly.of(Category.UNAVAILABLE, "This server has opened it already, under another name")
                    .exception();
        }
        Runnable released = () -> opened.remove(connection);
        try {
            return new PeerDatabase(resource, address, connection, config.dbValuesKept(), workers, threads, released);
        } catch (RuntimeException e) {
            released.run();
            throw e;
        }
    }

    private static Connection connection(Object address) {
        try {
            return Peer.connect(address);
        } catch (AssertionError e) {
            // That is how the peer library says it where a read-only connection is asked for.
            throw AnomalyException.incorrect(
                    "The peer library cannot connect: for a read-only connection the catalog has to have the database");
        }
    }

    /** Lets the peer library end its threads, those of Clojure included, which Datomic Local needs to let go of a database. */
    @Override
    public void close() {
        attempts.stop();
        Peer.shutdown(true);
        settings.withdraw();
    }
}
