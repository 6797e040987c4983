package peerserver.db.peer;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import datomic.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.QueryOptions;
import peerserver.db.QueryResult;
import peerserver.db.QueryRows;
import peerserver.form.FindElement;
import peerserver.form.QueryForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;

/**
 * One run of a query on the peer library.
 *
 * <p>Pull expressions are taken out of the query: the engine finds their entities, the rows are put in order by entity,
 * and each is pulled when it is read. So a query with pulls begins to answer early, and no pull is done for a row that
 * nobody reads.
 */
final class PeerQuery {

    private static final IFn QUERY = datomicApi("query");
    private static final Keyword RET = Keyword.intern("ret");
    private static final Keyword IO_STATS = Keyword.intern("io-stats");
    private static final Keyword QUERY_STATS = Keyword.intern("query-stats");
    private static final Keyword IO_CONTEXT = Keyword.intern("io-context");

    private final QueryForm query;
    private final List<Object> args;
    private final boolean asFound;
    private final List<Object> columns = new ArrayList<>();
    private final List<Function<List<?>, @Nullable Object>> cells = new ArrayList<>();

    PeerQuery(QueryForm query, List<?> args) {
        this.query = query;
        this.args = new ArrayList<>(args.size());
        args.forEach(arg -> this.args.add(arg instanceof DbValue value ? database(value) : arg));
        query.find().forEach(this::plan);
        this.asFound = query.returnMaps() == null
                && columns.equals(query.find().stream().map(FindElement::form).toList());
    }

    private static IFn datomicApi(String name) {
        Clojure.var("clojure.core", "require").invoke(Symbol.intern("datomic.api"));
        return Clojure.var("datomic.api", name);
    }

    private static Database database(DbValue value) {
        if (!(value instanceof PeerDbValue peer)) {
            throw AnomalyException.incorrect("A query cannot join databases of different engines");
        }
        return peer.database();
    }

    QueryResult run(QueryOptions options) {
        Map<Keyword, Object> request = new HashMap<>();
        request.put(Keyword.intern("query"), query.withFind(columns));
        request.put(Keyword.intern("args"), args);
        request.put(Keyword.intern("timeout"), options.timeoutMs());
        boolean withStats = options.ioContext() != null || options.queryStats();
        if (options.ioContext() != null) {
            request.put(IO_CONTEXT, options.ioContext());
        }
        if (options.queryStats()) {
            request.put(QUERY_STATS, true);
        }
        Object answer = PeerErrors.translating(() -> QUERY.invoke(PersistentArrayMap.create(request)));
        Map<Keyword, Object> metadata = new HashMap<>();
        if (withStats && answer instanceof Map<?, ?> map) {
            copy(map, IO_STATS, metadata);
            copy(map, QUERY_STATS, metadata);
            answer = map.get(RET);
        }
        Iterable<?> found = answer instanceof Iterable<?> rows ? rows : List.of();
        return new QueryResult(new QueryRows(found, this::finish), metadata);
    }

    private static void copy(Map<?, ?> from, Keyword key, Map<Keyword, Object> to) {
        Object value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    private void plan(FindElement element) {
        if (element instanceof FindElement.Pull pull
                && input(pull.source()) instanceof Database source
                && pattern(pull) instanceof List<?> pattern) {
            int column = column(pull.variable());
            cells.add(row -> PeerErrors.translating(() -> source.pull(pattern, row.get(column))));
        } else {
            int column = column(element.form());
            cells.add(row -> row.get(column));
        }
    }

    /** The number of the column with that form; a variable that is asked for twice is found once. */
    private int column(Object form) {
        int known = form instanceof Symbol ? columns.indexOf(form) : -1;
        if (known >= 0) {
            return known;
        }
        columns.add(form);
        return columns.size() - 1;
    }

    private @Nullable Object pattern(FindElement.Pull pull) {
        Object pattern = pull.patternInput() == null ? pull.pattern() : input(pull.patternInput());
        return pattern instanceof String text ? EdnCodec.readString(text) : pattern;
    }

    private @Nullable Object input(Symbol name) {
        int index = query.inputs().indexOf(name);
        return index >= 0 && index < args.size() ? args.get(index) : null;
    }

    private Object finish(Object found) {
        if (!(found instanceof List<?> row)) {
            throw AnomalyException.incorrect("Only find-rel elements are allowed in client find-spec");
        }
        if (row.size() < columns.size()) {
            throw AnomalyException.incorrect("The query does not bind every element of its :find");
        }
        if (asFound) {
            return row;
        }
        @Nullable Object[] finished = new @Nullable Object[cells.size()];
        for (int i = 0; i < finished.length; i++) {
            finished[i] = cells.get(i).apply(row);
        }
        PersistentVector tuple = PersistentVector.adopt(finished);
        return query.returnMaps() == null ? tuple : query.returnMaps().map(tuple);
    }
}
