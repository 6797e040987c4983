package peerserver.differential;

import clojure.lang.IFn;
import clojure.lang.RT;
import datomic.Connection;
import datomic.Database;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** The peer library in this JVM, called as its API documents it. */
final class PeerLibrary extends Side {

    private final Map<String, Connection> connections;
    private final Landmarks landmarks;

    /** @param ts of the transactions of the main database */
    PeerLibrary(Map<String, Connection> connections, List<Long> ts) {
        this.connections = connections;
        this.landmarks = new Landmarks(this, ts);
    }

    @Override
    Landmarks landmarks() {
        return landmarks;
    }

    @Override
    @Nullable Object answer(String op, Map<?, ?> args) throws Throwable {
        Object db = Clj.get(args, "db");
        return switch (op) {
            case "q" -> rows(args, api("q").applyTo(RT.cons(Clj.get(args, "query"), RT.seq(Clj.get(args, "args")))));
            case "qseq" ->
                rows(
                        args,
                        api("qseq").invoke(Clj.mapOf("query", Clj.get(args, "query"), "args", Clj.get(args, "args"))));
            case "pull" ->
                ClientContract.pulled(api("pull").invoke(db, Clj.get(args, "selector"), Clj.get(args, "eid")));
            case "index-pull" ->
                ClientContract.page(args, list(api("index-pull").invoke(db, args)));
            case "datoms" ->
                ClientContract.page(
                        args,
                        datoms(api("datoms")
                                .applyTo(
                                        RT.listStar(db, Clj.get(args, "index"), RT.seq(Clj.get(args, "components"))))));
            case "index-range" ->
                ClientContract.page(
                        args,
                        datoms(api("index-range")
                                .invoke(db, Clj.get(args, "attrid"), Clj.get(args, "start"), Clj.get(args, "end"))));
            case "tx-range" -> ClientContract.page(args, transactions(args));
            case "transact" -> transact((String) Clj.get(args, "conn"), args);
            case "with" -> report(api("with").invoke(db, pinned(Clj.get(args, "tx-data"), nextT(db))));
            case "db-stats" -> ClientContract.value(api("db-stats").invoke(db));
            default -> throw new BrokenCaseException("no operation " + op);
        };
    }

    private static IFn api(String name) {
        return Clj.fn("datomic.api", name);
    }

    private static Object rows(Map<?, ?> args, @Nullable Object found) {
        return ClientContract.rows(args, Clj.list(found));
    }

    private static List<Object> list(Object items) {
        return Clj.list(items).stream().map(ClientContract::value).toList();
    }

    private static List<Object> datoms(Object items) {
        return Clj.list(items).stream().map(PeerLibrary::datom).toList();
    }

    private static Object datom(Object item) {
        datomic.Datom datom = (datomic.Datom) item;
        return ClientContract.datom(Stream.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added()));
    }

    private List<Object> transactions(Map<?, ?> args) {
        Object log = connections.get((String) Clj.get(args, "conn")).log();
        return Clj.list(api("tx-range").invoke(log, Clj.get(args, "start"), Clj.get(args, "end"))).stream()
                .map(tx -> ClientContract.transaction(Clj.get(tx, "t"), datoms(Clj.get(tx, "data"))))
                .toList();
    }

    private Object transact(String database, Map<?, ?> args) throws Throwable {
        Connection connection = connections.get(database);
        Object data = pinned(Clj.get(args, "tx-data"), nextT(connection.db()));
        return report(connection.transact((List<?>) data).get());
    }

    private static Object report(Object report) {
        return ClientContract.report(
                ((Database) Clj.get(report, "db-before")).basisT(),
                ((Database) Clj.get(report, "db-after")).basisT(),
                datoms(Clj.get(report, "tx-data")),
                (Map<?, ?>) Clj.get(report, "tempids"));
    }

    @Override
    Object current(String database) {
        return connections.get(database).db();
    }

    @Override
    Object withDb(String database) {
        return current(database);
    }

    @Override
    Object filtered(Object db, String filter, Object point) {
        return api(filter).invoke(db, point);
    }

    @Override
    Object history(Object db) {
        return ((Database) db).history();
    }

    @Override
    Object with(Object db, Object txData) {
        return Clj.get(((Database) db).with((List<?>) txData), "db-after");
    }

    @Override
    long nextT(Object db) {
        return ((Database) db).nextT();
    }
}
