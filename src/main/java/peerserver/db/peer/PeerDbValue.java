package peerserver.db.peer;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import datomic.Connection;
import datomic.Database;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.EngineErrors;
import peerserver.db.IndexPull;
import peerserver.db.IndexScan;
import peerserver.db.QueryOptions;
import peerserver.db.QueryResult;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.TransactionReport;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;

/**
 * A db value of the peer library.
 *
 * @param databaseId the id on the wire, which a resource may set
 * @param database the library's own value
 * @param trouble told how reading it ends
 */
record PeerDbValue(String databaseId, Database database, Trouble trouble) implements DbValue {

    private static final Keyword IO_CONTEXT = Keyword.intern("io-context");
    private static final Keyword INDEX = Keyword.intern("index");
    private static final Keyword SELECTOR = Keyword.intern("selector");
    private static final Keyword START = Keyword.intern("start");
    private static final Keyword REVERSE = Keyword.intern("reverse");

    @Override
    public long basisT() {
        return database.basisT();
    }

    @Override
    public long nextT() {
        return database.nextT();
    }

    @Override
    public DbValue asOf(Object timePoint) {
        return of(EngineErrors.translating(() -> database.asOf(timePoint)));
    }

    @Override
    public DbValue since(Object timePoint) {
        return of(EngineErrors.translating(() -> database.since(timePoint)));
    }

    @Override
    public DbValue history() {
        return of(database.history());
    }

    private PeerDbValue of(Database other) {
        return new PeerDbValue(databaseId, other, trouble);
    }

    @Override
    public @Nullable Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
        return trouble.reading(() -> ioContext == null
                ? database.pull(selector.pattern(), entity)
                : database.pull(selector.pattern(), entity, Map.of(IO_CONTEXT, ioContext)));
    }

    @Override
    public Rows datoms(IndexScan scan, Resume resume) {
        return trouble.rows(() -> new PeerIndexes(database).datoms(scan, resume));
    }

    @Override
    public Rows indexRange(Object attribute, @Nullable Object start, @Nullable Object end, Resume resume) {
        return trouble.rows(() -> new PeerIndexes(database).indexRange(attribute, start, end, resume));
    }

    @Override
    public Rows indexPull(IndexPull request, Resume resume) {
        Map<Keyword, @Nullable Object> options = new HashMap<>();
        options.put(INDEX, request.index());
        options.put(SELECTOR, request.pattern());
        options.put(START, request.start());
        if (request.reverse()) {
            options.put(REVERSE, true);
        }
        return trouble.rows(() -> {
            Iterator<?> pulled =
                    database.indexPull(PersistentArrayMap.create(options)).iterator();
            Rows rows = new IteratorRows(pulled);
            rows.skip(resume.row());
            return rows;
        });
    }

    @Override
    public QueryResult query(QueryForm query, List<?> args, QueryOptions options) {
        return trouble.reading(() -> new PeerQuery(query, args).run(options));
    }

    @Override
    public TransactionReport with(TransactionForm transaction, @Nullable Keyword ioContext) {
        return trouble.reading(() -> report(
                databaseId,
                ioContext == null
                        ? database.with(transaction.data())
                        : database.with(transaction.data(), Map.of(IO_CONTEXT, ioContext)),
                trouble));
    }

    @Override
    public Map<?, ?> dbStats() {
        return trouble.reading(database::dbStats);
    }

    /** What the peer library reports of a transaction, real or speculative. */
    static TransactionReport report(String databaseId, Map<?, ?> report, Trouble trouble) {
        Map<Keyword, Object> extra = new HashMap<>();
        Object ioStats = report.get(TransactionReport.IO_STATS);
        if (ioStats != null) {
            extra.put(TransactionReport.IO_STATS, ioStats);
        }
        return new TransactionReport(
                new PeerDbValue(databaseId, PeerData.required(report, Connection.DB_BEFORE, Database.class), trouble),
                new PeerDbValue(databaseId, PeerData.required(report, Connection.DB_AFTER, Database.class), trouble),
                PeerData.datoms(PeerData.required(report, Connection.TX_DATA, Iterable.class)),
                PeerData.required(report, Connection.TEMPIDS, Map.class),
                extra);
    }
}
