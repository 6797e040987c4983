package peerserver.db.peer;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.RT;
import datomic.Connection;
import datomic.Database;
import datomic.ListenableFuture;
import datomic.Peer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.db.Capability;
import peerserver.db.DatabaseResource;
import peerserver.db.DbValue;
import peerserver.db.EngineErrors;
import peerserver.db.NamedDatabase;
import peerserver.db.RecentDbValues;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.ServedDatabase;
import peerserver.db.TransactionReport;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.ManagedThreads;

/** A database connected through the peer library. */
@SuppressWarnings("rawtypes") // as the peer library has them
final class PeerDatabase implements NamedDatabase {

    private static final Logger LOG = Logger.getLogger(PeerDatabase.class.getName());

    private static final Keyword DB_ERROR = Keyword.intern("db", "error");
    private static final Keyword READ_ONLY = Keyword.intern("db.error", "read-only-connection");

    private final Object address;
    private final String databaseId;
    private final Connection connection;
    private final RecentDbValues values;
    private final boolean readOnly;
    private final @Nullable Thread reports;
    private final Runnable released;
    private final Trouble trouble = new Trouble();

    /**
     * Serves a database.
     *
     * @param address what it was connected by: a URI or a map
     * @param valuesKept how many recent values are kept
     * @param executor where those who wait for something go on
     * @param released told once the connection is let go of
     */
    PeerDatabase(
            DatabaseResource resource,
            Object address,
            Connection connection,
            int valuesKept,
            Executor executor,
            ThreadFactory threads,
            Runnable released) {
        this.address = address;
        this.connection = connection;
        this.released = released;
        BlockingQueue<Map> queue = reports(connection);
        this.readOnly = queue == null;
        Database first = connection.db();
        this.databaseId = resource.databaseId().orElseGet(first::id);
        this.values = new RecentDbValues(new PeerDbValue(databaseId, first, trouble), valuesKept, executor);
        if (queue == null) {
            this.reports = null;
        } else if (address instanceof String uri && uri.startsWith("datomic:mem:")) {
            // Nobody else transacts there, and each report would wake a thread.
            connection.removeTxReportQueue();
            this.reports = null;
        } else {
            this.reports = ManagedThreads.daemon(threads, "tx-reports " + resource.name(), () -> follow(queue));
            reports.start();
        }
    }

    /** The queue of reports, or null for a connection that only reads: its database stays as it was. */
    private static @Nullable BlockingQueue<Map> reports(Connection connection) {
        try {
            return connection.txReportQueue();
        } catch (RuntimeException e) {
            if (READ_ONLY.equals(EngineErrors.anomaly(e).data().get(DB_ERROR))) {
                return null;
            }
            throw e;
        }
    }

    /** Takes note of every transaction, whichever peer it came from. */
    private void follow(BlockingQueue<Map> queue) {
        try {
            while (true) {
                Map report = queue.take();
                try {
                    publish(PeerData.required(report, Connection.DB_AFTER, Database.class));
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.WARNING, "A transaction is not taken note of before somebody asks", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PeerDbValue publish(Database database) {
        PeerDbValue value = new PeerDbValue(databaseId, database, trouble);
        values.publish(value);
        return value;
    }

    @Override
    public String databaseId() {
        return databaseId;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.SEEK, Capability.REBASE_WITH, Capability.SEVERAL_PROCESSES);
    }

    @Override
    public DbValue current() {
        Database database = connection.db();
        return database.basisT() > values.newest().basisT() ? publish(database) : values.newest();
    }

    @Override
    public CompletionStage<DbValue> at(long t, Duration wait) {
        if (unfilteredAt(t) == null) {
            current(); // the report of a transaction may be behind the connection
        }
        return values.at(t, wait);
    }

    @Override
    public CompletionStage<DbValue> atOrAfter(long t, Duration wait) {
        current();
        return values.await(t, wait);
    }

    @Override
    public @Nullable DbValue unfilteredAt(long t) {
        return values.held(t);
    }

    @Override
    public CompletionStage<TransactionReport> transact(TransactionForm transaction, @Nullable Keyword ioContext) {
        if (readOnly) {
            throw Anomaly.of(Category.UNSUPPORTED, "The database is connected read-only")
                    .exception();
        }
        CompletableFuture<TransactionReport> outcome = new CompletableFuture<>();
        ListenableFuture<Map> future = EngineErrors.translating(() -> ioContext == null
                ? connection.transactAsync(transaction.data())
                : connection.transactAsync(transaction.data(), RT.map(Keyword.intern("io-context"), ioContext)));
        // Whatever goes wrong there is an outcome, too.
        future.addListener(() -> outcome.completeAsync(() -> reported(future), Runnable::run), Runnable::run);
        return outcome;
    }

    private TransactionReport reported(ListenableFuture<Map> made) {
        try {
            TransactionReport report = PeerDbValue.report(databaseId, made.get(), trouble);
            values.publish(report.dbAfter());
            trouble.transacted();
            return report;
        } catch (Throwable e) {
            Anomaly anomaly = EngineErrors.anomaly(e);
            trouble.notTransacted(anomaly);
            throw anomaly.exception(e);
        }
    }

    @Override
    public Optional<ServedDatabase.Failure> trouble() {
        return trouble.current();
    }

    @Override
    public Rows txRange(@Nullable Object start, @Nullable Object end, Resume resume) {
        Object from = resume.after() instanceof Long lastT ? Long.valueOf(lastT + 1) : start;
        return trouble.rows(() -> {
            Rows rows = new TransactionRows(connection.log().txRange(from, end).iterator());
            if (resume.after() == null) {
                rows.skip(resume.row());
            }
            return rows;
        });
    }

    @Override
    public Object administer(Keyword action) {
        return EngineErrors.translating(() -> Peer.administerSystem((Map<?, ?>)
                PersistentArrayMap.create(Map.of(Keyword.intern("action"), action, Keyword.intern("uri"), address))));
    }

    @Override
    public void close() {
        if (reports != null) {
            reports.interrupt();
            connection.removeTxReportQueue();
        }
        connection.release();
        released.run();
    }
}
