package peerserver.bench.load;

import datomic.Connection;
import datomic.Database;
import datomic.Datom;
import datomic.Peer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The peer library, without any server. */
final class EngineSubject implements Subject {

    private static final String URI = "datomic:mem://" + Server.DATABASE;
    private static final Object TITLE = Clj.keyword("item/title");

    private final Connection connection;

    EngineSubject() {
        Peer.createDatabase(URI);
        connection = Peer.connect(URI);
    }

    /** Fills the database. */
    void load() {
        transact(Items.SCHEMA);
        Items.transactions().forEach(this::transact);
    }

    @Override
    public String name() {
        return Results.ENGINE;
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public Object noOp() {
        return List.of(Server.DATABASE);
    }

    @Override
    public Object pull(int item) {
        return connection.db().pull(Items.SELECTOR, Items.ref(item));
    }

    @Override
    public Object queryOne(int item) {
        return Peer.query(Items.QUERY_ONE, connection.db(), Items.id(item));
    }

    @Override
    public Object queryBucket(int bucket) {
        return Peer.query(Items.QUERY_BUCKET, connection.db(), (long) bucket);
    }

    @Override
    public Collection<?> queryAll() {
        return Peer.query(Items.QUERY_ALL, connection.db());
    }

    @Override
    public Object datoms() {
        long count = 0;
        for (Datom ignored : connection.db().datoms(Database.AEVT, TITLE)) {
            count++;
        }
        return count;
    }

    @Override
    public Object transact(int number) {
        return transact(Items.note(number)).size();
    }

    private Map<?, ?> transact(Object data) {
        try {
            return connection.transact((List<?>) data).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
