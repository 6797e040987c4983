package peerserver.conformance;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.stream.Stream;

/** A database value of the real client. */
public record DbValue(Object it) {

    public long t() {
        return Clj.number(it, "t");
    }

    public DbValue asOf(Object point) {
        return new DbValue(RealClient.api("as-of").invoke(it, point));
    }

    public DbValue since(Object point) {
        return new DbValue(RealClient.api("since").invoke(it, point));
    }

    public DbValue history() {
        return new DbValue(RealClient.api("history").invoke(it));
    }

    /** The rows of a query whose first input is this value. */
    public List<Object> q(String query, Object... inputs) {
        return Clj.list(RealClient.api("q").invoke(queryMap(query, inputs)));
    }

    /** The answer to a query with further options, given as EDN. */
    Object qWith(String options, String query, Object... inputs) {
        return RealClient.api("q").invoke(Clj.merge(queryMap(query, inputs), Clj.edn(options)));
    }

    Object qseq(String options, String query, Object... inputs) {
        return RealClient.api("qseq").invoke(Clj.merge(queryMap(query, inputs), Clj.edn(options)));
    }

    public Channel qAsync(String options, String query, Object... inputs) {
        return new Channel(RealClient.async("q").invoke(Clj.merge(queryMap(query, inputs), Clj.edn(options))));
    }

    public Channel qseqAsync(String options, String query, Object... inputs) {
        return new Channel(RealClient.async("qseq").invoke(Clj.merge(queryMap(query, inputs), Clj.edn(options))));
    }

    /** The one value that a query finds. */
    Object single(String query, Object... inputs) {
        List<Object> rows = q(query, inputs);
        if (rows.size() != 1) {
            throw new AssertionError("one row expected, found " + rows);
        }
        return Clj.list(rows.get(0)).get(0);
    }

    Object pull(String selector, Object entity) {
        return RealClient.api("pull").invoke(it, Clj.edn(selector), entity);
    }

    Object pullWith(Object argMap) {
        return RealClient.api("pull").invoke(it, argMap);
    }

    Channel pullAsync(String selector, Object entity) {
        Object argMap = Clj.mapOf("selector", Clj.edn(selector), "eid", entity);
        return new Channel(RealClient.async("pull").invoke(it, argMap));
    }

    List<Object> indexPull(String argMap) {
        return Clj.list(RealClient.api("index-pull").invoke(it, Clj.edn(argMap)));
    }

    /** The datoms of an index, the arguments given as EDN with values put into the text first. */
    @FormatMethod
    List<Datom> datoms(@FormatString String argMap, Object... values) {
        return datomsWith(Clj.edn(String.format(argMap, values)));
    }

    List<Datom> datomsWith(Object argMap) {
        return Datom.all(RealClient.api("datoms").invoke(it, argMap));
    }

    List<Datom> indexRange(String argMap) {
        return Datom.all(RealClient.api("index-range").invoke(it, Clj.edn(argMap)));
    }

    /** An operation of the asynchronous API on this value, by its name there. */
    public Channel async(String operation, String argMap) {
        return new Channel(RealClient.async(operation).invoke(it, Clj.edn(argMap)));
    }

    Object stats() {
        return RealClient.api("db-stats").invoke(it);
    }

    @FormatMethod
    public TxReport with(@FormatString String txData, Object... values) {
        Object argMap = Clj.mapOf("tx-data", Clj.edn(String.format(txData, values)));
        return new TxReport(RealClient.api("with").invoke(it, argMap));
    }

    private Object queryMap(String query, Object... inputs) {
        Object[] args = Stream.concat(Stream.of(it), Stream.of(inputs))
                .map(input -> input instanceof DbValue db ? db.it : input)
                .toArray();
        return Clj.mapOf("query", Clj.edn(query), "args", Clj.vector(args));
    }
}
