package peerserver.bench.load;

import clojure.lang.IFn;
import clojure.lang.IPersistentMap;
import clojure.lang.RT;
import java.util.Map;

/** A server, behind the published client's synchronous API, unchanged. */
final class ClientSubject implements Subject {

    private static final Object EVERYTHING = -1L;

    private static final IFn LIST_DATABASES = api("list-databases");
    private static final IFn DB = api("db");
    private static final IFn PULL = api("pull");
    private static final IFn Q = api("q");
    private static final IFn DATOMS = api("datoms");
    private static final IFn TRANSACT = api("transact");

    private static final IPersistentMap NO_ARGUMENTS = Clj.map();
    private static final IPersistentMap TITLES = Clj.map(
            "index", Clj.keyword("aevt"), "components", RT.vector(Clj.keyword("item/title")), "limit", EVERYTHING);

    private final Server server;
    private final Object client;
    private final Object connection;

    ClientSubject(Server server) {
        this.server = server;
        this.client = client(server, Server.ACCESS_KEY);
        this.connection = api("connect").invoke(client, Clj.map("db-name", Server.DATABASE));
    }

    /** The published client, for that access key. */
    static Object client(Server server, String accessKey) {
        return api("client")
                .invoke(Clj.map(
                        "server-type",
                        Clj.keyword("peer-server"),
                        "access-key",
                        accessKey,
                        "secret",
                        Server.SECRET,
                        "endpoint",
                        "localhost:" + server.port(),
                        "validate-hostnames",
                        false));
    }

    static Object listDatabases(Object client) {
        return LIST_DATABASES.invoke(client, NO_ARGUMENTS);
    }

    /** Fills the database. */
    void load() {
        transact(Items.SCHEMA);
        Items.transactions().forEach(this::transact);
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public Object noOp() {
        return listDatabases(client);
    }

    @Override
    public Object pull(int item) {
        return PULL.invoke(db(), Items.SELECTOR, Items.ref(item));
    }

    @Override
    public Object queryOne(int item) {
        return query(Items.QUERY_ONE, db(), Items.id(item));
    }

    @Override
    public Object queryBucket(int bucket) {
        return query(Items.QUERY_BUCKET, db(), (long) bucket);
    }

    @Override
    public Object queryAll() {
        return query(Items.QUERY_ALL, db());
    }

    @Override
    public Object datoms() {
        long count = 0;
        for (var datoms = ((Iterable<?>) DATOMS.invoke(db(), TITLES)).iterator(); datoms.hasNext(); datoms.next()) {
            count++;
        }
        return count;
    }

    @Override
    public Object transact(int number) {
        return ((Map<?, ?>) transact(Items.note(number))).size();
    }

    private Object db() {
        return DB.invoke(connection);
    }

    private Object transact(Object data) {
        return TRANSACT.invoke(connection, Clj.map("tx-data", data));
    }

    private static Object query(Object query, Object... args) {
        return Q.invoke(Clj.map("query", query, "args", RT.vector(args)));
    }

    private static IFn api(String name) {
        return Clj.fn("datomic.client.api", name);
    }
}
