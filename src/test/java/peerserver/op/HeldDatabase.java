package peerserver.op;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.db.FakeDatabase;
import peerserver.db.FakeDbValue;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.TransactionReport;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.Datom;

/** A database whose transactions end when the test says so, and whose log has datoms that depend on the t alone. */
final class HeldDatabase extends FakeDatabase {

    private final String databaseId;
    private final List<CompletableFuture<TransactionReport>> submitted = new ArrayList<>();
    private volatile boolean atOnce;

    HeldDatabase(String databaseId) {
        super(new FakeDbValue(databaseId, 1) {
            @Override
            public @Nullable Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
                return null;
            }
        });
        this.databaseId = databaseId;
    }

    /** How many transactions were submitted. */
    synchronized int submissions() {
        return submitted.size();
    }

    /** The outcome of a transaction, to be completed. */
    synchronized CompletableFuture<TransactionReport> submitted(int number) {
        return submitted.get(number);
    }

    /** From now on transactions succeed when they are submitted. */
    void endAtOnce() {
        atOnce = true;
    }

    /** Lets a transaction succeed, as the one at a t. */
    void succeed(int number, long t) {
        submitted(number).complete(report(t));
    }

    private TransactionReport report(long t) {
        return new TransactionReport(
                new FakeDbValue(databaseId, t - 1),
                new FakeDbValue(databaseId, t),
                datoms(t),
                Map.of("new", 17L, -9_223_301_668_109_597_947L, 18L),
                Map.of(TransactionReport.IO_STATS, Map.of(Keyword.intern("reads"), t)));
    }

    private static List<Datom> datoms(long t) {
        return List.of(new Datom(t, 50L, "instant", t, true), new Datom(17L, 10L, "value of " + t, t, false));
    }

    @Override
    public synchronized CompletionStage<TransactionReport> transact(
            TransactionForm transaction, @Nullable Keyword ioContext) {
        CompletableFuture<TransactionReport> outcome = new CompletableFuture<>();
        submitted.add(outcome);
        if (atOnce) {
            outcome.complete(report(100 + submitted.size()));
        }
        return outcome;
    }

    @Override
    public Rows txRange(@Nullable Object start, @Nullable Object end, Resume resume) {
        long t = (Long) Objects.requireNonNull(start);
        return new LoggedRows(List.<Object>of(
                        Map.of(Keyword.intern("t"), t, Keyword.intern("data"), PersistentVector.create(datoms(t))))
                .iterator());
    }

    private record LoggedRows(Iterator<Object> rows) implements Rows {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Object next() {
            return rows.next();
        }
    }
}
