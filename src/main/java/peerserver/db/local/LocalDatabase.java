package peerserver.db.local;

import clojure.lang.Keyword;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.DatabaseConfig;
import peerserver.db.Capability;
import peerserver.db.DbValue;
import peerserver.db.EngineErrors;
import peerserver.db.NamedDatabase;
import peerserver.db.RecentDbValues;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.TransactionReport;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/**
 * A database of Datomic Local. No other process has it open, so every transaction comes through here: one thread makes
 * them, one after the other, and the newest value is the one that the last of them made.
 */
final class LocalDatabase implements NamedDatabase {

    private static final Logger LOG = Logger.getLogger(LocalDatabase.class.getName());
    private static final int MOST_WAITING = 1_000;
    private static final int CLOSE_SECONDS = 30;

    private final OpenStorage storage;
    private final LocalThreads threads;
    private final Executor executor;
    private final ThreadPoolExecutor transactor;
    private final LocalDbValue first;
    private final RecentDbValues values;
    private final Runnable released;
    private final AcknowledgedLog log;
    private final long reserve;
    private Consumer<String> toldOfLoss = reason -> {};
    private volatile @Nullable String lostBecause;

    /**
     * Serves a database.
     *
     * @param executor where those who wait for something go on
     * @param released told once the database is closed
     */
    LocalDatabase(
            OpenStorage storage,
            String databaseId,
            DatabaseConfig config,
            LocalThreads threads,
            Executor executor,
            Runnable released) {
        this.storage = storage;
        this.released = released;
        this.threads = threads;
        this.executor = executor;
        this.transactor = LocalThreads.single("datomic local transactions", MOST_WAITING);
        this.reserve = config.localReserveBytes();
        this.log = new AcknowledgedLog(storage.uri().directory());
        this.first = new LocalDbValue(databaseId, storage.withDb(), threads);
        this.values = new RecentDbValues(first, config.dbValuesKept(), executor);
    }

    @Override
    public String databaseId() {
        return first.databaseId();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public DbValue current() {
        return values.newest();
    }

    @Override
    public CompletionStage<DbValue> at(long t, Duration wait) {
        return values.at(t, wait);
    }

    @Override
    public CompletionStage<DbValue> atOrAfter(long t, Duration wait) {
        return values.await(t, wait);
    }

    @Override
    public @Nullable DbValue unfilteredAt(long t) {
        return values.held(t);
    }

    @Override
    public CompletionStage<TransactionReport> transact(TransactionForm transaction, @Nullable Keyword ioContext) {
        checkStorage();
        CompletableFuture<TransactionReport> outcome = new CompletableFuture<>();
        try {
            transactor.execute(() -> {
                Supplier<TransactionReport> told = told(transaction);
                // Elsewhere: who hears of it goes on with the answer, and the next transaction is not to wait for that.
                outcome.completeAsync(told, executor);
            });
        } catch (RejectedExecutionException e) {
            throw (transactor.isShutdown()
                            ? Anomaly.of(Category.UNAVAILABLE, "The database is being closed")
                            : Anomaly.of(Category.BUSY, MOST_WAITING + " transactions wait for this database"))
                    .exception(e);
        }
        return outcome;
    }

    /** Transacts now, and gives what will tell of it, or throw why it was refused. */
    private Supplier<TransactionReport> told(TransactionForm transaction) {
        try {
            checkStorage();
            TransactionReport report = EngineErrors.translating(() -> {
                Object made = storage.transact(transaction.data());
                log.note();
                // The transactor is this thread alone: the database still stands where the transaction left it.
                return first.report(made, storage.withDb());
            });
            values.publish(report.dbAfter());
            return () -> report;
        } catch (RuntimeException | Error e) {
            AnomalyException loss = lostBecause == null && log.goesOn() ? lost(e) : null;
            return () -> {
                if (loss != null) {
                    throw loss;
                }
                throw e;
            };
        }
    }

    private void checkStorage() {
        if (lostBecause != null) {
            throw Anomaly.of(Category.UNAVAILABLE, "The database is being opened anew")
                    .exception();
        }
        if (storage.room() < reserve) {
            throw Anomaly.of(
                            Category.UNAVAILABLE,
                            "There are less than " + reserve + " bytes left where the database is stored")
                    .exception();
        }
    }

    /** Lets nothing be written behind a transaction that was written in part: none of it could ever be read. */
    private AnomalyException lost(Throwable failure) {
        String reason = "A transaction could not be written: "
                + EngineErrors.anomaly(failure).message();
        Consumer<String> told;
        synchronized (this) {
            lostBecause = reason;
            told = toldOfLoss;
        }
        told.accept(reason);
        return Anomaly.of(Category.UNAVAILABLE, reason).exception(failure);
    }

    @Override
    public void onLoss(Consumer<String> told) {
        String reason;
        synchronized (this) {
            toldOfLoss = told;
            reason = lostBecause;
        }
        if (reason != null) {
            told.accept(reason);
        }
    }

    @Override
    public Rows txRange(@Nullable Object start, @Nullable Object end, Resume resume) {
        boolean seeks = resume.after() instanceof Long;
        Object from = resume.after() instanceof Long lastT ? Long.valueOf(lastT + 1) : start;
        return threads.run(() ->
                new LocalRows(
                        threads, storage.txRange(from, end, seeks ? 0 : resume.row()), LocalData::transaction, 1) {
                    @Override
                    public Object position(Object row) {
                        return LocalData.t(row);
                    }
                });
    }

    @Override
    public Object administer(Keyword action) {
        return threads.run(() -> storage.administer(action));
    }

    /** Lets the transactions that wait come to their end first; readings that are under way fail. */
    @Override
    public void close() {
        transactor.shutdown();
        try {
            threads.runInAnyCase(() -> {
                awaitTransactions();
                storage.close();
                log.close();
                return null;
            });
        } finally {
            released.run();
        }
    }

    private void awaitTransactions() {
        try {
            if (!transactor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning("Closing a database while a transaction is under way that does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
