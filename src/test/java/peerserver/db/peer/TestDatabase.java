package peerserver.db.peer;

import clojure.lang.Keyword;
import datomic.Connection;
import datomic.Peer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import peerserver.db.DatabaseResource;
import peerserver.db.DbValue;
import peerserver.db.QueryOptions;
import peerserver.db.QueryResult;
import peerserver.form.QueryForm;
import peerserver.wire.EdnCodec;

/** A database in memory, and forms for it written as text in which {@code '} stands for {@code "}. */
@SuppressWarnings("rawtypes") // as the peer library has them
final class TestDatabase implements AutoCloseable {

    static final QueryOptions OPTIONS = new QueryOptions(60_000, null, false);

    private final String uri = "datomic:mem://" + UUID.randomUUID();
    private final Connection connection;

    TestDatabase(String... transactions) {
        Peer.createDatabase(uri);
        this.connection = Peer.connect(uri);
        for (String transaction : transactions) {
            transact(transaction);
        }
    }

    static Object read(String edn) {
        return EdnCodec.readString(edn.replace('\'', '"'));
    }

    static List<?> list(String edn) {
        return (List<?>) read(edn);
    }

    static Keyword key(String name) {
        return Keyword.intern(name);
    }

    /** A transaction that installs attributes, each given as {@code ident type} and more of its properties. */
    static String schema(String... attributes) {
        StringBuilder data = new StringBuilder("[");
        for (String attribute : attributes) {
            String[] parts = attribute.split(" ", 3);
            data.append("{:db/ident ")
                    .append(parts[0])
                    .append(" :db/valueType :db.type/")
                    .append(parts[1]);
            String more = parts.length > 2 ? parts[2] : "";
            if (!more.contains(":db/cardinality")) {
                data.append(" :db/cardinality :db.cardinality/one");
            }
            data.append(' ').append(more).append('}');
        }
        return data.append(']').toString();
    }

    static QueryResult query(DbValue value, String query, @Nullable Object... more) {
        List<@Nullable Object> args = new java.util.ArrayList<>();
        args.add(value);
        args.addAll(java.util.Arrays.asList(more));
        return value.query(QueryForm.parse(read(query)), args, OPTIONS);
    }

    Map<?, ?> transact(String data) {
        return transact(list(data));
    }

    Map<?, ?> transact(List<?> data) {
        try {
            return connection.transact(data).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    String uri() {
        return uri;
    }

    Connection connection() {
        return connection;
    }

    PeerDbValue value() {
        return new PeerDbValue("id", connection.db(), new Trouble());
    }

    long entity(String lookup) {
        return (Long) connection.db().entid(read(lookup));
    }

    /** The database as it is served. */
    PeerDatabase open(int valuesKept) {
        return new PeerDatabase(
                DatabaseResource.of("test", uri),
                uri,
                Peer.connect(uri),
                valuesKept,
                Runnable::run,
                Thread::new,
                () -> {});
    }

    @Override
    public void close() {
        Peer.deleteDatabase(uri);
    }
}
