package peerserver.db.local;

import clojure.lang.Keyword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database of Datomic Local that this process has open.
 *
 * @param uri what it is called
 * @param client the client of its system
 * @param connection the connection to it
 */
record OpenStorage(LocalUri uri, Object client, Object connection) implements AutoCloseable {

    private static final long NO_LIMIT = -1;

    /** The newest value, for reading and to build on with {@code with}. */
    Object withDb() {
        return ClientApi.WITH_DB.of(connection);
    }

    Object transact(List<@Nullable Object> txData) {
        return ClientApi.TRANSACT.of(connection, ClientApi.map("tx-data", txData));
    }

    /** The transactions of a range of the log, read lazily. */
    Iterable<?> txRange(@Nullable Object start, @Nullable Object end, long offset) {
        return LocalData.items(ClientApi.TX_RANGE.of(
                connection, ClientApi.map("start", start, "end", end, "offset", offset, "limit", NO_LIMIT)));
    }

    Object administer(Keyword action) {
        return ClientApi.ADMINISTER_SYSTEM.of(client, ClientApi.map("action", action, "db-name", uri.database()));
    }

    /** How many bytes may still be written where the database is. */
    long room() {
        return uri.directory().toFile().getUsableSpace();
    }

    /** Closes the files, which unlocks them. */
    @Override
    public void close() {
        ClientApi.RELEASE_DB.of(ClientApi.map(
                "system", uri.system(),
                "db-name", uri.database(),
                "storage-dir", uri.storage().toString()));
    }
}
