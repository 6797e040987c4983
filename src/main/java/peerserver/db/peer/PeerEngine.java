package peerserver.db.peer;

import datomic.Connection;
import datomic.Peer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import peerserver.config.DatabaseConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.Engine;
import peerserver.db.EngineErrors;
import peerserver.db.NamedDatabase;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.Workers;

/** Opens databases through the peer library: in memory, or in any storage with its transactor. */
@Singleton
public class PeerEngine implements Engine {

    private final PeerCatalog catalog = new PeerCatalog();
    private final DatabaseConfig config;
    private final Workers workers;
    private final ThreadFactory threads;
    private final Set<Connection> opened =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    @Inject
    PeerEngine(DatabaseConfig config, Workers workers, ThreadFactory threads) {
        this.config = config;
        this.workers = workers;
        this.threads = threads;
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
        try {
            if (resource.create()) {
                Peer.createDatabase(resource.uri());
            }
            Connection connection = Peer.connect(resource.uri());
            // The peer library gives everybody the same connection, and who lets go of it releases it for all.
            if (!opened.add(connection)) {
                throw Anomaly.of(Category.UNAVAILABLE, "This server has opened it already, under another name")
                        .exception();
            }
            return new PeerDatabase(
                    resource, connection, config.dbValuesKept(), workers, threads, () -> opened.remove(connection));
        } catch (Exception | LinkageError e) {
            // Clojure throws checked exceptions without declaring them; a driver that is missing is a linkage error.
            throw Anomaly.of(Category.UNAVAILABLE, EngineErrors.anomaly(e).message())
                    .exception(e);
        }
    }

    /** Lets the peer library end its threads, those of Clojure included, which Datomic Local needs to let go of a database. */
    @Override
    public void close() {
        Peer.shutdown(true);
    }
}
