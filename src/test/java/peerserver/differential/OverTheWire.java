package peerserver.differential;

import static peerserver.conformance.RealClient.api;
import static peerserver.conformance.RealClient.async;

import clojure.lang.ExceptionInfo;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** The published client, through the server. */
final class OverTheWire extends Side {

    private final Map<String, Object> connections;
    private final Map<String, Object> others;
    private final Map<String, Long> nextTs;

    /**
     * A side.
     *
     * @param connections of the client, by database
     * @param others of another client, which are to know what this one transacts
     * @param nextTs the t that a transaction after the last one has, by database, for both of them
     */
    OverTheWire(
            Landmarks landmarks,
            Map<String, Object> connections,
            Map<String, Object> others,
            Map<String, Long> nextTs) {
        super(landmarks);
        this.connections = connections;
        this.others = others;
        this.nextTs = nextTs;
    }

    @Override
    @Nullable Object answer(String op, Map<?, ?> allArgs) {
        Object db = Clj.get(allArgs, "db");
        Object connection = connections.get((String) Clj.get(allArgs, "conn"));
        Map<?, ?> args =
                (Map<?, ?>) Clj.fn("clojure.core", "dissoc").invoke(allArgs, Clj.keyword("db"), Clj.keyword("conn"));
        return switch (op) {
            case "q", "qseq" -> ClientContract.value(Clj.list(api(op).invoke(args)));
            case "pull" -> ClientContract.pulled(pull(db, args));
            case "index-pull" -> ClientContract.value(Clj.list(api(op).invoke(db, args)));
            case "datoms", "index-range" -> datoms(api(op).invoke(db, args));
            case "tx-range" -> transactions(api(op).invoke(connection, args));
            case "transact" -> transact(connection, (String) Clj.get(allArgs, "conn"), args);
            case "with" -> report(api(op).invoke(db, pinned(args, nextT(db))));
            case "db-stats" -> ClientContract.value(api(op).invoke(db));
            default -> throw new BrokenCaseException("no operation " + op);
        };
    }

    /** The asynchronous API: the synchronous one pulls again what is an id alone, for navigation. */
    private static @Nullable Object pull(Object db, Map<?, ?> args) {
        Object pulled = Clj.fn("clojure.core.async", "<!!").invoke(async("pull").invoke(db, args));
        if (Clj.get(pulled, "cognitect.anomalies/category") != null) {
            throw new ExceptionInfo((String) Clj.get(pulled, "cognitect.anomalies/message"), (IPersistentMap) pulled);
        }
        return pulled;
    }

    private static List<Object> datoms(Object items) {
        return Clj.list(items).stream().map(OverTheWire::datom).toList();
    }

    private static Object datom(Object datom) {
        return ClientContract.datom(Stream.of("e", "a", "v", "tx", "added").map(name -> Clj.get(datom, name)));
    }

    private static List<Object> transactions(Object items) {
        return Clj.list(items).stream()
                .map(tx -> ClientContract.transaction(Clj.get(tx, "t"), datoms(Clj.get(tx, "data"))))
                .toList();
    }

    private Object transact(Object connection, String database, Map<?, ?> args) {
        Long nextT = nextTs.get(database);
        Object report = api("transact")
                .invoke(
                        connection,
                        pinned(args, nextT == null ? Clj.number(api("db").invoke(connection), "next-t") : nextT));
        Object dbAfter = Clj.get(report, "db-after");
        nextTs.put(database, Clj.number(dbAfter, "next-t"));
        api("sync").invoke(others.get(database), Clj.number(dbAfter, "t"));
        return report(report);
    }

    private static Object pinned(Map<?, ?> args, long nextT) {
        Keyword txData = Clj.keyword("tx-data");
        return Clj.merge(args, Clj.mapOf("tx-data", pinned(args.get(txData), nextT)));
    }

    private static Object report(Object report) {
        return ClientContract.report(
                Clj.number(Clj.get(report, "db-before"), "t"),
                Clj.number(Clj.get(report, "db-after"), "t"),
                datoms(Clj.get(report, "tx-data")),
                (Map<?, ?>) Clj.get(report, "tempids"));
    }

    @Override
    Object current(String database) {
        return api("db").invoke(connections.get(database));
    }

    @Override
    Object withDb(String database) {
        return api("with-db").invoke(connections.get(database));
    }

    @Override
    Object filtered(Object db, String filter, Object point) {
        return api(filter).invoke(db, point);
    }

    @Override
    Object history(Object db) {
        return api("history").invoke(db);
    }

    @Override
    Object with(Object db, Object txData) {
        return Clj.get(api("with").invoke(db, Clj.mapOf("tx-data", txData)), "db-after");
    }

    @Override
    long nextT(Object db) {
        return Clj.number(db, "next-t");
    }
}
