package peerserver.db.local;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.db.EngineErrors;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/** Where a database of Datomic Local is, or will be, stored, beside the others of its system. */
final class LocalStorage {

    private static final Logger LOG = Logger.getLogger(LocalStorage.class.getName());

    private final LocalUri uri;
    private final Object client;

    LocalStorage(LocalUri uri) {
        this.uri = uri;
        this.client = EngineErrors.translating(() -> ClientApi.CLIENT.of(ClientApi.map(
                "server-type", Keyword.intern(null, "datomic-local"),
                "system", uri.system(),
                "storage-dir", uri.storage().toString())));
    }

    LocalUri uri() {
        return uri;
    }

    /** The names of all databases of the system. */
    List<String> names() {
        return EngineErrors.translating(() -> ((List<?>) ClientApi.LIST_DATABASES.of(client, ClientApi.map()))
                .stream().map(String.class::cast).sorted().toList());
    }

    boolean exists() {
        return names().contains(uri.database());
    }

    /** Creates the database; false when it is there already. */
    boolean create() {
        if (exists()) {
            return false;
        }
        EngineErrors.translating(() -> ClientApi.CREATE_DATABASE.of(client, name()));
        return true;
    }

    /**
     * Opens the database, and locks it against other processes.
     *
     * @throws AnomalyException {@code unavailable} when it is missing or another process has it open
     */
    OpenStorage open() {
        if (!exists()) {
            throw Anomaly.of(
                            Category.UNAVAILABLE,
                            "There is no database " + uri.description()
                                    + ": create it with bin/create-database, or set the property create of its resource")
                    .exception();
        }
        try {
            return connected();
        } catch (Exception e) {
            // Clojure throws checked exceptions without declaring them.
            if (e instanceof IOException failed && !(e instanceof EOFException)) {
                throw Anomaly.of(Category.UNAVAILABLE, locked(failed)).exception(failed);
            }
            if (AcknowledgedLog.cut(uri.directory())) {
                LOG.log(
                        Level.WARNING,
                        "Cut off a transaction that was not acknowledged, and that database {0} ended within",
                        uri.description());
                return EngineErrors.translating(this::connected);
            }
            throw EngineErrors.anomaly(e).exception(e);
        }
    }

    private OpenStorage connected() {
        return new OpenStorage(uri, client, ClientApi.CONNECT.of(client, name()));
    }

    private String locked(IOException failed) {
        return "Cannot open database " + uri.description() + ": " + failed.getMessage()
                + " Only one process at a time can have a database of Datomic Local open; others can be its clients";
    }

    /** Deletes the database that {@link #open} has opened, so that no other process has it. */
    void delete() {
        EngineErrors.translating(() -> ClientApi.DELETE_DATABASE.of(client, name()));
    }

    private IPersistentMap name() {
        return ClientApi.map("db-name", uri.database());
    }
}
