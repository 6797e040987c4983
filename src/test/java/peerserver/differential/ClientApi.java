package peerserver.differential;

import static peerserver.conformance.RealClient.api;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** A way that leads through the Client API, whatever is behind it. */
abstract class ClientApi extends Side {

    private final Map<String, Object> connections;

    /** @param connections by database */
    ClientApi(Map<String, Object> connections) {
        this.connections = connections;
    }

    @Override
    @Nullable Object answer(String op, Map<?, ?> allArgs) {
        Object db = Clj.get(allArgs, "db");
        String database = (String) Clj.get(allArgs, "conn");
        Map<?, ?> args =
                (Map<?, ?>) Clj.fn("clojure.core", "dissoc").invoke(allArgs, Clj.keyword("db"), Clj.keyword("conn"));
        return switch (op) {
            case "q", "qseq" -> rows(op, args);
            case "pull" -> ClientContract.pulled(pull(db, args));
            case "index-pull" -> ClientContract.value(Clj.list(api(op).invoke(db, args)));
            case "datoms", "index-range" -> datoms(api(op).invoke(db, args));
            case "tx-range" -> transactions(api(op).invoke(connections.get(database), args));
            case "transact" -> transact(database, args);
            case "with" -> report(api(op).invoke(db, pinned(args, nextT(db))));
            case "db-stats" -> ClientContract.value(api(op).invoke(db));
            default -> throw new BrokenCaseException("no operation " + op);
        };
    }

    /** What a query finds, in the order and the page that the server documents. */
    abstract Object rows(String op, Map<?, ?> args);

    abstract @Nullable Object pull(Object db, Map<?, ?> args);

    /** The t that a transaction has that comes next. */
    abstract long nextT(String database);

    /** Told what a transaction made. */
    abstract void transacted(String database, Object dbAfter);

    private Object transact(String database, Map<?, ?> args) {
        Object report = api("transact").invoke(connections.get(database), pinned(args, nextT(database)));
        transacted(database, Clj.get(report, "db-after"));
        return report(report);
    }

    private static Map<?, ?> pinned(Map<?, ?> args, long nextT) {
        Keyword txData = Clj.keyword("tx-data");
        return (Map<?, ?>) Clj.merge(args, Clj.mapOf("tx-data", pinned(args.get(txData), nextT)));
    }

    private static List<Object> datoms(Object items) {
        return Clj.list(items).stream().map(ClientApi::datom).toList();
    }

    private static Object datom(Object datom) {
        return ClientContract.datom(Stream.of("e", "a", "v", "tx", "added").map(name -> Clj.get(datom, name)));
    }

    private static List<Object> transactions(Object items) {
        return Clj.list(items).stream()
                .map(tx -> ClientContract.transaction(Clj.get(tx, "t"), datoms(Clj.get(tx, "data"))))
                .toList();
    }

    private static Object report(Object report) {
        return ClientContract.report(
                Clj.number(Clj.get(report, "db-before"), "t"),
                Clj.number(Clj.get(report, "db-after"), "t"),
                datoms(Clj.get(report, "tx-data")),
                (Map<?, ?>) Clj.get(report, "tempids"));
    }

    @Override
    final Object current(String database) {
        return api("db").invoke(connections.get(database));
    }

    @Override
    final Object withDb(String database) {
        return api("with-db").invoke(connections.get(database));
    }

    @Override
    final Object filtered(Object db, String filter, Object point) {
        return api(filter).invoke(db, point);
    }

    @Override
    final Object history(Object db) {
        return api("history").invoke(db);
    }

    @Override
    final Object with(Object db, Object txData) {
        return Clj.get(api("with").invoke(db, Clj.mapOf("tx-data", txData)), "db-after");
    }

    @Override
    final long nextT(Object db) {
        Object nextT = Clj.get(db, "next-t");
        return nextT == null ? Clj.number(db, "t") + 1 : (long) nextT; // Local tells none in its own process
    }
}
