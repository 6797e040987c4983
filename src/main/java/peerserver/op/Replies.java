package peerserver.op;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.TransactionReport;
import peerserver.wire.Keys;

/** The shapes that answers have in common. */
final class Replies {

    private Replies() {}

    static CompletionStage<Map<Keyword, Object>> now(Map<Keyword, Object> reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** An answer whose one entry is {@code :result}, which may be nil. */
    static Map<Keyword, Object> result(@Nullable Object result) {
        Map<Keyword, @Nullable Object> reply = new HashMap<>();
        reply.put(Keys.RESULT, result);
        return reply;
    }

    /** How a db value is named to clients; not to be changed. */
    static Map<Keyword, Object> descriptor(DbValue value) {
        return Map.of(Keys.DATABASE_ID, value.databaseId(), Keys.T, value.basisT(), Keys.NEXT_T, value.nextT());
    }

    /** How a value that {@code with} can go on from is named: with its handle. */
    static Map<Keyword, Object> descriptor(DbValue value, String handle) {
        Map<Keyword, Object> descriptor = new HashMap<>(descriptor(value));
        descriptor.put(Keys.NEXT_TOKEN, handle);
        return descriptor;
    }

    /** What a transaction did; the descriptors come from the caller, who knows whether the value is speculative. */
    static Map<Keyword, Object> transaction(
            TransactionReport report, Map<Keyword, Object> dbBefore, Map<Keyword, Object> dbAfter) {
        Map<Keyword, Object> reply = new HashMap<>(report.extra());
        reply.put(Keys.DB_BEFORE, dbBefore);
        reply.put(Keys.DB_AFTER, dbAfter);
        reply.put(Keys.TX_DATA, PersistentVector.create(report.txData()));
        reply.put(Keys.TEMPIDS, report.tempids());
        return reply;
    }

    /** What a transaction did to the database. */
    static Map<Keyword, Object> transacted(TransactionReport report) {
        Map<Keyword, Object> after = descriptor(report.dbAfter());
        return advancing(transaction(report, descriptor(report.dbBefore()), after), after);
    }

    /** The same with {@code :dbs}, from which clients learn how far the database is. */
    static Map<Keyword, Object> advancing(Map<Keyword, Object> reply, Map<Keyword, Object> descriptor) {
        reply.put(Keys.DBS, List.of(descriptor));
        return reply;
    }
}
