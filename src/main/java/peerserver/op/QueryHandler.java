package peerserver.op;

import clojure.lang.PersistentVector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.QueryOptions;
import peerserver.db.QueryResult;
import peerserver.db.Resume;
import peerserver.form.QueryForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.DbValueRef;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/** {@code q}: runs {@code :query} on {@code :args}, in which maps with a {@code :database-id} are db values. */
@Singleton
public class QueryHandler extends RowsHandler {

    private final DbValues values;
    private final CheckedForms forms;

    @Inject
    QueryHandler(Iterations iterations, DbValues values, CheckedForms forms) {
        super(iterations);
        this.values = values;
        this.forms = forms;
    }

    @Override
    public Operation operation() {
        return Operation.Q;
    }

    @Override
    Fields fixed(RequestContext context) {
        List<Object> fixed = new ArrayList<>();
        for (Object arg : context.request().requiredList(Keys.ARGS)) {
            fixed.add(
                    DbValueRef.isDb(arg) ? values.fixed(context, Fields.of(arg)).asMap() : arg);
        }
        return context.request().with(Keys.ARGS, PersistentVector.create(fixed));
    }

    @Override
    CompletionStage<FoundRows> find(RequestContext context, Resume resume) {
        CheckedForms.Query checked = forms.query(context);
        QueryForm query = checked.form();
        boolean continued = context.request().longOr(Keys.OFFSET, 0, 0, Long.MAX_VALUE) != resume.row();
        if (continued && !query.repeatable()) {
            throw AnomalyException.incorrect(
                    "The rows of this query depend on chance, so it goes on only on the node that"
                            + " found them and while that holds them; this one does not hold them: run the query again");
        }
        return args(context, checked.args()).thenApply(args -> run(context, query, args, resume));
    }

    private FoundRows run(RequestContext context, QueryForm query, List<@Nullable Object> args, Resume resume) {
        DbValue first = args.stream()
                .filter(DbValue.class::isInstance)
                .map(DbValue.class::cast)
                .findFirst()
                .orElseThrow(() -> AnomalyException.incorrect("Query args must include a database"));
        QueryOptions options = new QueryOptions(
                context.deadline().remainingMs(),
                context.request().keyword(Keys.IO_CONTEXT),
                context.request().flag(Keys.QUERY_STATS));
        try {
            QueryResult result = first.query(query, args, options);
            result.rows().skip(resume.row());
            return new FoundRows(result.rows(), result.metadata());
        } catch (AnomalyException e) {
            throw context.deadline().translate(e);
        }
    }

    /** The arguments, with db values in the place of the references to them; waits for those that have not arrived. */
    private CompletionStage<List<@Nullable Object>> args(
            RequestContext context, List<? extends @Nullable Object> checked) {
        CompletionStage<List<@Nullable Object>> args = CompletableFuture.completedFuture(new ArrayList<>());
        for (Object arg : checked) {
            args = DbValueRef.isDb(arg)
                    ? args.thenCombine(values.of(context, DbValueRef.from((Map<?, ?>) arg)), QueryHandler::and)
                    : args.thenApply(before -> and(before, arg));
        }
        return args;
    }

    private static List<@Nullable Object> and(List<@Nullable Object> args, @Nullable Object arg) {
        args.add(arg);
        return args;
    }
}
