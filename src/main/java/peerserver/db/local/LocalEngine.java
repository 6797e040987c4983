package peerserver.db.local;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import peerserver.config.DatabaseConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.Engine;
import peerserver.db.EngineErrors;
import peerserver.db.NamedDatabase;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.Workers;

/** Opens databases of Datomic Local: durable, on this machine, and without a transactor. */
@Singleton
public class LocalEngine implements Engine {

    private final DatabaseConfig config;
    private final Workers workers;
    private final LocalThreads threads;
    private final Set<LocalUri> opened = ConcurrentHashMap.newKeySet();

    @Inject
    LocalEngine(DatabaseConfig config, Workers workers) {
        this.config = config;
        this.workers = workers;
        this.threads = LocalThreads.of(config);
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public boolean opens(String uri) {
        return LocalUri.isLocal(uri);
    }

    @Override
    public NamedDatabase open(DatabaseResource resource) {
        LocalUri uri = LocalUri.parse(resource.uri());
        // Within a process Local gives everybody the same connection, and who lets go of it closes it for all.
        if (!opened.add(uri)) {
            throw Anomaly.of(Category.UNAVAILABLE, "This server has opened it already, under another name")
                    .exception();
        }
        try {
            return threads.run(() -> open(resource, new LocalStorage(uri)));
        } catch (RuntimeException | LinkageError e) {
            opened.remove(uri);
            throw Anomaly.of(Category.UNAVAILABLE, EngineErrors.anomaly(e).message())
                    .exception(e);
        }
    }

    private NamedDatabase open(DatabaseResource resource, LocalStorage storage) {
        if (resource.create()) {
            storage.create();
        }
        OpenStorage open = storage.open();
        try {
            String id = resource.databaseId()
                    .orElseGet(() -> DatabaseId.in(open.uri().directory()));
            return new LocalDatabase(
                    open, id, config, threads.ofOneDatabase(), workers, () -> opened.remove(open.uri()));
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }
}
