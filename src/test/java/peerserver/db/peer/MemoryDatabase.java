package peerserver.db.peer;

import java.util.Map;
import peerserver.db.DatabaseResource;
import peerserver.db.NamedDatabase;

/** A database in memory as it is served, for tests in other rooms; gone when it is closed. */
public final class MemoryDatabase implements AutoCloseable {

    private static final int VALUES_KEPT = 16;

    private final TestDatabase database;
    private final PeerDatabase served;

    /**
     * A database with the id {@code NAME-id}.
     *
     * @param transactions as text in which {@code '} stands for {@code "}
     */
    public MemoryDatabase(String name, String... transactions) {
        this.database = new TestDatabase(transactions);
        this.served = new PeerDatabase(
                DatabaseResource.of(name, Map.of("uri", database.uri(), "database-id", name + "-id")),
                database.uri(),
                database.connection(),
                VALUES_KEPT,
                Runnable::run,
                Thread::new,
                () -> {});
    }

    /** The database, connected. */
    public NamedDatabase served() {
        return served;
    }

    @Override
    public void close() {
        served.close();
        database.close();
    }
}
