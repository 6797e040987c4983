package peerserver.db;

import clojure.lang.Keyword;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;

/** A database that this server serves under a name, connected. Thread-safe. */
public interface NamedDatabase extends AutoCloseable {

    /** The id of the database on the wire. */
    String databaseId();

    /** What the engine behind it can do. */
    Set<Capability> capabilities();

    /** The newest value that this node has seen. */
    DbValue current();

    /**
     * The value at {@code t}: unfiltered while it is held, otherwise as of t. When this node has not seen {@code t} yet,
     * the answer waits for it, holding no thread.
     *
     * @return fails with {@code unavailable}, naming both t's, when t does not arrive within {@code wait}
     */
    CompletionStage<DbValue> at(long t, Duration wait);

    /** The newest value, once it is at {@code t} or later; waits and fails as {@link #at} does. */
    CompletionStage<DbValue> atOrAfter(long t, Duration wait);

    /** The unfiltered value at {@code t}, or null when it is no longer held. */
    @Nullable DbValue unfilteredAt(long t);

    /** Transacts; the outcome arrives on a thread that must not be blocked. */
    CompletionStage<TransactionReport> transact(TransactionForm transaction, @Nullable Keyword ioContext);

    /**
     * The transactions of the log from {@code start}, inclusive, to {@code end}, exclusive, each a t, a transaction id or
     * an instant, or null for open; rows are maps of {@code :t} and {@code :data}.
     */
    Rows txRange(@Nullable Object start, @Nullable Object end, Resume resume);

    /** Runs an administrative action, for example {@code :upgrade-schema}, and returns its diagnostic value. */
    Object administer(Keyword action) throws AnomalyException;

    /**
     * Names who is to be told, once, should this database become useless until it is connected anew; told why, on any
     * thread, which is not to be held; at once if it is useless already. It is closed by whoever is told.
     */
    default void onLoss(Consumer<String> told) {}

    /**
     * Why this database could not take its last transaction, or be read the last time, when that was its storage's or its
     * transactor's fault, not the request's; empty again with the next one that succeeds.
     */
    default Optional<ServedDatabase.Failure> trouble() {
        return Optional.empty();
    }

    /** Lets go of the connection. */
    @Override
    void close();
}
