package peerserver.db.peer;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.db.EngineErrors;
import peerserver.db.QueryOptions;
import peerserver.db.QueryPlan;
import peerserver.db.QueryResult;
import peerserver.form.QueryForm;

/** One run of a query on the peer library. */
final class PeerQuery {

    private static final IFn QUERY = datomicApi("query");
    private static final Keyword QUERY_KEY = Keyword.intern("query");
    private static final Keyword RET = Keyword.intern("ret");
    private static final Keyword IO_STATS = Keyword.intern("io-stats");
    private static final Keyword QUERY_STATS = Keyword.intern("query-stats");
    private static final Keyword IO_CONTEXT = Keyword.intern("io-context");

    private final Object written;
    private final QueryPlan plan;
    private final List<@Nullable Object> args;

    PeerQuery(QueryForm query, List<?> args) {
        this.written = query.written();
        this.plan = new QueryPlan(query, args);
        this.args = plan.args(PeerDbValue.class, PeerDbValue::database);
    }

    private static IFn datomicApi(String name) {
        Clojure.var("clojure.core", "require").invoke(Symbol.intern("datomic.api"));
        return Clojure.var("datomic.api", name);
    }

    QueryResult run(QueryOptions options) {
        Map<Keyword, Object> request = new HashMap<>();
        request.put(QUERY_KEY, plan.query());
        request.put(Keyword.intern("args"), args);
        request.put(Keyword.intern("timeout"), options.timeoutMs());
        boolean withStats = options.ioContext() != null || options.queryStats();
        if (options.ioContext() != null) {
            request.put(IO_CONTEXT, options.ioContext());
        }
        if (options.queryStats()) {
            request.put(QUERY_STATS, true);
        }
        Object answer = EngineErrors.translating(() -> QUERY.invoke(PersistentArrayMap.create(request)));
        Map<Keyword, Object> metadata = new HashMap<>();
        if (withStats && answer instanceof Map<?, ?> map) {
            Object ioStats = map.get(IO_STATS);
            if (ioStats != null) {
                metadata.put(IO_STATS, ioStats);
            }
            if (map.get(QUERY_STATS) instanceof IPersistentMap queryStats) {
                // The engine was asked for what the plan made of it.
                metadata.put(QUERY_STATS, queryStats.assoc(QUERY_KEY, written));
            }
            answer = map.get(RET);
        }
        return new QueryResult(plan.rows(answer instanceof Iterable<?> rows ? rows : List.of()), metadata);
    }
}
