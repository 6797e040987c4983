package peerserver.histories;

import clojure.lang.ExceptionInfo;
import clojure.lang.Keyword;
import clojure.lang.RT;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/**
 * What came of a transaction.
 *
 * @param outcome what the caller knows
 * @param report what {@code transact} returned, when it was made
 * @param error the engine's own name for why it was refused
 */
record Answer(
        Outcome outcome, @Nullable Object report, @Nullable Object error) {

    /** Those that leave open whether a transaction was made. */
    private static final Set<String> OPEN = Set.of("unavailable", "interrupted", "fault");

    /** Does what a client does, and sorts out how it can fail; a failure that nobody counts on fails the test. */
    static Answer of(Call call) {
        try {
            return new Answer(Outcome.MADE, call.make(), null);
        } catch (ExceptionInfo e) {
            Object error = Clj.get(e.getData(), "db/error");
            if (error != null || category(e).equals("busy")) {
                return new Answer(Outcome.REFUSED, null, error);
            }
            if (OPEN.contains(category(e))) {
                return new Answer(Outcome.UNKNOWN, null, null);
            }
            throw new IllegalStateException("no such failure was to be expected", e);
        }
    }

    /** A call of the client's API. */
    interface Call {
        Object make();
    }

    private static String category(ExceptionInfo e) {
        return Clj.get(e.getData(), "cognitect.anomalies/category") instanceof Keyword category
                ? category.getName()
                : "none";
    }

    boolean made() {
        return outcome == Outcome.MADE;
    }

    /** Of a transaction that was made. */
    long t() {
        return Clj.number(Clj.get(report, "db-after"), "t");
    }

    /** Of a transaction that was made: the entity that a tempid came to name. */
    long tempid(String name) {
        Object id = RT.get(Clj.get(report, "tempids"), name);
        if (id == null) {
            throw new IllegalStateException("no tempid " + name);
        }
        return (long) id;
    }
}
