package peerserver.db.local;

import clojure.lang.ExceptionInfo;
import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.EngineErrors;
import peerserver.db.IndexPull;
import peerserver.db.IndexScan;
import peerserver.db.QueryOptions;
import peerserver.db.QueryPlan;
import peerserver.db.QueryResult;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.TransactionReport;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/**
 * A db value of Datomic Local. It counts neither reads nor what a query does, so {@code :io-context} and
 * {@code :query-stats} yield nothing; it cannot seek, so readings are resumed by counting rows.
 *
 * @param databaseId the id on the wire
 * @param db the value: one that {@code with} can build on, unless it is filtered
 * @param threads where Local works
 */
record LocalDbValue(String databaseId, Object db, LocalThreads threads) implements DbValue {

    private static final long NO_LIMIT = -1;
    private static final int ROWS_AT_A_TIME = 256;

    @Override
    public long basisT() {
        return (Long) ClientApi.entry(db, "t");
    }

    /** Local counts its transactions: the next t is always one more. */
    @Override
    public long nextT() {
        return basisT() + 1;
    }

    @Override
    public DbValue askedBy(String caller) {
        return new LocalDbValue(databaseId, db, threads.of(caller));
    }

    private LocalDbValue of(Object other) {
        return new LocalDbValue(databaseId, other, threads);
    }

    @Override
    public DbValue asOf(Object timePoint) {
        return of(threads.run(() -> {
            try {
                return ClientApi.AS_OF.of(db, timePoint);
            } catch (ExceptionInfo e) {
                throw beyondTheLog(e);
            }
        }));
    }

    /**
     * A point beyond the log is {@code unavailable} to Local, which its callers hear at once; a client would ask again for
     * a minute.
     */
    private static RuntimeException beyondTheLog(ExceptionInfo refused) {
        return Category.UNAVAILABLE.keyword().equals(refused.getData().valAt(Anomaly.CATEGORY))
                ? AnomalyException.incorrect(EngineErrors.anomaly(refused).message())
                : refused;
    }

    @Override
    public DbValue since(Object timePoint) {
        return of(threads.run(() -> ClientApi.SINCE.of(db, timePoint)));
    }

    @Override
    public DbValue history() {
        return of(threads.run(() -> ClientApi.HISTORY.of(db)));
    }

    @Override
    public @Nullable Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
        return threads.run(() -> ClientApi.PULL.of(db, ClientApi.map("selector", selector.pattern(), "eid", entity)));
    }

    @Override
    public Rows datoms(IndexScan scan, Resume resume) {
        return rows(
                ClientApi.DATOMS,
                LocalData::datom,
                "index",
                scan.index().keyword(),
                "components",
                PersistentVector.create(scan.components()),
                "offset",
                resume.row());
    }

    @Override
    public Rows indexRange(Object attribute, @Nullable Object start, @Nullable Object end, Resume resume) {
        return rows(
                ClientApi.INDEX_RANGE,
                LocalData::datom,
                "attrid",
                attribute,
                "start",
                start,
                "end",
                end,
                "offset",
                resume.row());
    }

    @Override
    public Rows indexPull(IndexPull request, Resume resume) {
        return rows(
                ClientApi.INDEX_PULL,
                UnaryOperator.identity(),
                "index",
                request.index(),
                "selector",
                request.pattern(),
                "start",
                request.start(),
                "reverse",
                request.reverse() ? true : null,
                "offset",
                resume.row());
    }

    private Rows rows(ClientApi read, UnaryOperator<Object> finish, @Nullable Object... args) {
        return threads.run(() -> {
            Object found = read.of(db, ClientApi.map(args).assoc(Keyword.intern("limit"), NO_LIMIT));
            return new LocalRows(threads, LocalData.items(found), finish, ROWS_AT_A_TIME);
        });
    }

    @Override
    public QueryResult query(QueryForm query, List<?> args, QueryOptions options) {
        QueryPlan plan = new QueryPlan(query, args);
        List<@Nullable Object> inputs = plan.args(LocalDbValue.class, LocalDbValue::db);
        Object request =
                ClientApi.map("query", plan.query(), "args", PersistentVector.create(inputs), "limit", NO_LIMIT);
        @Nullable Object found = threads.runWithin(options.timeoutMs(), () -> ClientApi.Q.of(request));
        return new QueryResult(plan.rows(LocalData.items(found)), Map.of());
    }

    @Override
    public TransactionReport with(TransactionForm transaction, @Nullable Keyword ioContext) {
        return threads.run(() -> {
            Object report = ClientApi.WITH.of(db, ClientApi.map("tx-data", transaction.data()));
            return report(report, ClientApi.entry(report, "db-after"));
        });
    }

    /** What Local reports of a transaction, with the value to go on with. */
    TransactionReport report(Object report, Object dbAfter) {
        return new TransactionReport(
                of(ClientApi.entry(report, "db-before")),
                of(dbAfter),
                LocalData.datoms(ClientApi.entry(report, "tx-data")),
                (Map<?, ?>) ClientApi.entry(report, "tempids"),
                Map.of());
    }

    @Override
    public Map<?, ?> dbStats() {
        return (Map<?, ?>) Objects.requireNonNull(threads.run(() -> ClientApi.DB_STATS.of(db)));
    }
}
