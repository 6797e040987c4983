package peerserver.db;

import clojure.lang.Keyword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** A database that has the values it is given and waits for none. */
public class FakeDatabase implements NamedDatabase {

    private final TreeMap<Long, DbValue> values = new TreeMap<>();
    private final List<TransactionForm> transacted = new ArrayList<>();
    private boolean closed;

    public FakeDatabase(DbValue first) {
        add(first);
    }

    /** Makes a value known. */
    public final void add(DbValue value) {
        values.put(value.basisT(), value);
    }

    /** Lets go of the value at a t. */
    public void forget(long t) {
        values.remove(t);
    }

    /** What was transacted. */
    public List<TransactionForm> transacted() {
        return transacted;
    }

    /** Whether the connection was let go. */
    public boolean closed() {
        return closed;
    }

    @Override
    public String databaseId() {
        return current().databaseId();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public DbValue current() {
        return Objects.requireNonNull(values.lastEntry()).getValue();
    }

    @Override
    public CompletionStage<DbValue> at(long t, Duration wait) {
        DbValue held = values.get(t);
        return held == null ? unavailable(t) : CompletableFuture.completedFuture(held);
    }

    @Override
    public CompletionStage<DbValue> atOrAfter(long t, Duration wait) {
        return t > current().basisT() ? unavailable(t) : CompletableFuture.completedFuture(current());
    }

    private static CompletionStage<DbValue> unavailable(long t) {
        return CompletableFuture.failedFuture(
                Anomaly.of(Category.UNAVAILABLE, "no t " + t).exception());
    }

    @Override
    public @Nullable DbValue unfilteredAt(long t) {
        return values.get(t);
    }

    @Override
    public CompletionStage<TransactionReport> transact(TransactionForm transaction, @Nullable Keyword ioContext) {
        transacted.add(transaction);
        return CompletableFuture.completedFuture(
                new TransactionReport(current(), current(), List.of(), Map.of(), Map.of()));
    }

    @Override
    public Rows txRange(@Nullable Object start, @Nullable Object end, Resume resume) {
        long from = start == null ? 0 : (Long) start;
        return NumberRows.resumed(from, (Long) Objects.requireNonNull(end), resume);
    }

    @Override
    public Object administer(Keyword action) {
        return action;
    }

    @Override
    public void close() {
        closed = true;
    }
}
