package peerserver.db.local;

import java.nio.file.Path;
import java.util.Map;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.NamedDatabase;
import peerserver.work.TestWorkers;

/** A database of Datomic Local as it is served, for tests in other rooms. */
public final class TemporaryDatabase {

    private TemporaryDatabase() {}

    /** Makes a database with the id {@code NAME-id} in a directory. */
    public static NamedDatabase open(Path storage, String name) {
        String uri = "datomic:local://tests/" + name + "?storage-dir=" + storage;
        LocalEngine engine = new LocalEngine(
                DatabaseConfig.from(new MapConfig(Map.of("peerserver.local.reserve-bytes", "0"))),
                TestWorkers.of(Thread::new));
        return engine.open(DatabaseResource.of(name, Map.of("uri", uri, "create", true, "database-id", name + "-id")));
    }
}
