package peerserver.op;

import clojure.lang.Keyword;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import peerserver.db.NamedDatabase;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.TransactionReport;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Keys;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/**
 * What became of a transaction that was submitted.
 *
 * @param fingerprint of its data
 * @param reply the answer to it; not to be changed
 * @param failure why there is no answer
 */
record Outcome(
        long fingerprint,
        @Nullable Map<Keyword, Object> reply,
        @Nullable Anomaly failure) {

    /** Bytes, estimated: what a reply without its data takes, with its id and the entry that keeps it. */
    private static final long OVERHEAD = 768;

    /** Bytes, estimated: what one more tempid takes, besides its characters. */
    private static final long TEMPID = 128;

    /** Bytes, estimated: what a value that an error quotes takes, besides what it is on the wire. */
    private static final long VALUE = 64;

    private static final WireCodec CODEC = TransitCodec.msgpack();
    private static final Keyword FINGERPRINT = Keyword.intern("fingerprint");
    private static final Keyword REPLY = Keyword.intern("reply");
    private static final Keyword CATEGORY = Keyword.intern("category");
    private static final Keyword MESSAGE = Keyword.intern("message");

    /** An outcome as the engine reports it: one of the two. */
    static Outcome of(long fingerprint, @Nullable TransactionReport report, @Nullable Throwable thrown) {
        return report != null
                ? new Outcome(fingerprint, Replies.transacted(report), null)
                : new Outcome(fingerprint, null, Failures.anomaly(Objects.requireNonNull(thrown)));
    }

    /**
     * The answer to a request to transact data with that fingerprint.
     *
     * @throws AnomalyException when the transaction failed; {@code incorrect} when its data was other data
     */
    Map<Keyword, Object> answerTo(long asked) {
        if (asked != fingerprint) {
            throw AnomalyException.incorrect(
                    "The :tx-id was used for other :tx-data before; every transaction needs a :tx-id of its own");
        }
        if (reply == null) {
            throw Objects.requireNonNull(failure).exception();
        }
        return reply;
    }

    /** All of it but {@code :tx-data}, which the log has. */
    Outcome withoutData() {
        if (reply == null) {
            return this;
        }
        Map<Keyword, Object> told = new HashMap<>(reply);
        told.remove(Keys.TX_DATA);
        // A copy that takes little room: there are many.
        return new Outcome(fingerprint, Map.copyOf(told), null);
    }

    /** What is enough to answer by: without {@code :tx-data}, or without what an error quotes beyond keywords. */
    Outcome brief() {
        if (failure == null) {
            return withoutData();
        }
        Map<Keyword, @Nullable Object> told = new HashMap<>(failure.data());
        told.values().removeIf(value -> !(value instanceof Keyword));
        return new Outcome(fingerprint, null, new Anomaly(failure.category(), failure.message(), told));
    }

    /** All of it, with {@code :tx-data}, if it is left out, from the log of its database. */
    Outcome withData(NamedDatabase database) {
        if (reply == null || reply.containsKey(Keys.TX_DATA)) {
            return this;
        }
        Map<Keyword, Object> whole = new HashMap<>(reply);
        whole.put(Keys.TX_DATA, txData(database, t(reply)));
        return new Outcome(fingerprint, whole, null);
    }

    /** An estimate of the bytes of memory that it takes to keep it without {@code :tx-data}. */
    long weight() {
        if (reply == null) {
            Anomaly told = Objects.requireNonNull(failure);
            return OVERHEAD + VALUE * values(told.data()) + told.encoded(CODEC).length;
        }
        long weight = OVERHEAD;
        for (Object tempid : ((Map<?, ?>) entry(reply, Keys.TEMPIDS)).keySet()) {
            weight += TEMPID + (tempid instanceof String text ? text.length() : 0);
        }
        return weight;
    }

    /** How many values there are in plain data. */
    private static long values(@Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            return 1 + values(map.keySet()) + values(map.values());
        }
        return data instanceof Collection<?> items
                ? items.stream().mapToLong(Outcome::values).reduce(1, Long::sum)
                : 1;
    }

    byte[] toBytes() {
        Map<Keyword, Object> content = new HashMap<>();
        content.put(FINGERPRINT, fingerprint);
        if (reply != null) {
            content.put(REPLY, reply);
        }
        if (failure != null) {
            content.put(CATEGORY, failure.category().name());
            content.put(MESSAGE, failure.message());
            content.put(Keys.DATA, failure.data());
        }
        return CODEC.encode(content);
    }

    static Outcome from(byte[] bytes) {
        Map<?, ?> content = (Map<?, ?>) CODEC.decode(bytes);
        long fingerprint = (Long) entry(content, FINGERPRINT);
        if (content.containsKey(REPLY)) {
            return new Outcome(fingerprint, keyed(entry(content, REPLY)), null);
        }
        Category category = Category.valueOf((String) entry(content, CATEGORY));
        return new Outcome(
                fingerprint,
                null,
                new Anomaly(category, (String) entry(content, MESSAGE), keyed(entry(content, Keys.DATA))));
    }

    /** The t that a node has to have seen before it can tell of this outcome; 0 when it needs none. */
    long needs() {
        return reply != null && !reply.containsKey(Keys.TX_DATA) ? t(reply) : 0;
    }

    private static long t(Map<?, ?> reply) {
        return (Long) entry((Map<?, ?>) entry(reply, Keys.DB_AFTER), Keys.T);
    }

    private static Object txData(NamedDatabase database, long t) {
        Rows transactions = database.txRange(t, t + 1, Resume.atRow(0));
        if (!transactions.hasNext()) {
            throw new IllegalStateException("The log has no transaction at t " + t);
        }
        return entry((Map<?, ?>) transactions.next(), Keys.DATA);
    }

    private static Object entry(Map<?, ?> map, Keyword key) {
        return Objects.requireNonNull(map.get(key), () -> "no " + key);
    }

    @SuppressWarnings("unchecked") // as they were written
    private static Map<Keyword, Object> keyed(Object map) {
        return (Map<Keyword, Object>) map;
    }
}
