package peerserver.db;

import clojure.lang.IPersistentMap;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import peerserver.form.FindElement;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;

/**
 * What an engine is asked in the place of a query, and how the answer becomes rows.
 *
 * <p>Pull expressions are taken out of the query: the engine finds their entities, the rows are put in order by entity,
 * and each is pulled when it is read. So a query with pulls begins to answer early, and no pull is done for a row that
 * nobody reads.
 */
public final class QueryPlan {

    private final QueryForm query;
    private final List<?> args;
    private final boolean asFound;
    private final List<Object> columns = new ArrayList<>();
    private final List<Function<List<?>, @Nullable Object>> cells = new ArrayList<>();

    /**
     * Plans a query.
     *
     * @param args its arguments, db values among them as {@link DbValue}
     */
    public QueryPlan(QueryForm query, List<?> args) {
        this.query = query;
        this.args = args;
        query.find().forEach(this::plan);
        this.asFound = query.returnMaps() == null
                && columns.equals(query.find().stream().map(FindElement::form).toList());
    }

    /** The query for the engine, in map form. */
    public IPersistentMap query() {
        return query.withFind(columns);
    }

    /**
     * The arguments for the engine, with its own databases in the place of db values.
     *
     * @param kind the db values of that engine
     * @param database the engine's own of such a value
     */
    public <V extends DbValue> List<@Nullable Object> args(Class<V> kind, Function<V, Object> database) {
        List<@Nullable Object> own = new ArrayList<>(args.size());
        for (Object arg : args) {
            if (arg instanceof DbValue && !kind.isInstance(arg)) {
                throw AnomalyException.incorrect("A query cannot join databases of different engines");
            }
            own.add(kind.isInstance(arg) ? database.apply(kind.cast(arg)) : arg);
        }
        return own;
    }

    /** The rows of what the engine found. */
    public QueryRows rows(Iterable<?> found) {
        return new QueryRows(found, this::finish);
    }

    private void plan(FindElement element) {
        if (element instanceof FindElement.Pull pull
                && input(pull.source()) instanceof DbValue source
                && pattern(pull) instanceof List<?> pattern) {
            int column = column(pull.variable());
            SelectorForm selector = new SelectorForm(pattern);
            cells.add(row -> source.pull(selector, row.get(column), null));
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
