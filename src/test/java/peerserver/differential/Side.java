package peerserver.differential;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** One of the two ways to the same engine. */
abstract class Side {

    private static final Keyword TX_INSTANT = Clj.keyword("db/txInstant");
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

    /** The server keeps more for a key, but what cases make are among them. */
    private static final int SPECULATIVE_VALUES = 50;

    private final Map<Object, Object> speculative = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > SPECULATIVE_VALUES;
        }
    };

    /** Runs a case. */
    final Outcome run(Case testCase) {
        return run(testCase.op(), testCase.args());
    }

    final Outcome run(String op, IPersistentMap args) {
        try {
            return new Outcome.Answered(answer(op, (Map<?, ?>) resolved(args)));
        } catch (BrokenCaseException e) {
            throw e;
        } catch (Throwable e) {
            return failure(e);
        }
    }

    Outcome.Failed failure(Throwable thrown) {
        return ClientContract.failure(thrown);
    }

    /** What the side's own library answers, as {@link ClientContract} puts it. */
    abstract @Nullable Object answer(String op, Map<?, ?> args) throws Throwable;

    /** Where things are in the main database. */
    abstract Landmarks landmarks();

    /** The newest value of a database. */
    abstract Object current(String database);

    /** The same, for {@code with}. */
    abstract Object withDb(String database);

    /** {@code as-of}, {@code since}. */
    abstract Object filtered(Object db, String filter, Object point);

    abstract Object history(Object db);

    /** The value after a speculative transaction. */
    abstract Object with(Object db, Object txData);

    /** The t that the next transaction on a value would have at least. */
    abstract long nextT(Object db);

    /** The form with everything in the place that stands for it. */
    final @Nullable Object resolved(@Nullable Object form) {
        return Form.replaced(form, special -> special.on(this));
    }

    /** The db value that a {@link Form.Db} describes. */
    final Object db(Object form) {
        if (form instanceof Symbol database) {
            return current(database.getName());
        }
        String filter = ((Symbol) RT.first(form)).getName();
        return switch (filter) {
            case "history" -> history(db(RT.second(form)));
            case "with" -> speculative(form);
            case "with-db" -> withDb(((Symbol) RT.second(form)).getName());
            default -> filtered(db(RT.nth(form, 2)), filter, resolved(RT.second(form)));
        };
    }

    /** Speculative values are made once: the databases that they build on stay as they are. */
    private Object speculative(Object form) {
        Object known = speculative.get(form);
        if (known == null) {
            Object base = db(RT.nth(form, 2));
            known = with(base, pinned(resolved(RT.second(form)), nextT(base)));
            speculative.put(form, known);
        }
        return known;
    }

    /** Transaction data with an instant of its own, so that both sides write the same. */
    static @Nullable Object pinned(@Nullable Object txData, long t) {
        if (!(txData instanceof List<?> forms) || Data.mentions(forms, TX_INSTANT)) {
            return txData;
        }
        List<Object> pinned = new ArrayList<>(forms);
        pinned.add(RT.vector(
                Clj.keyword("db/add"), "datomic.tx", TX_INSTANT, Date.from(FIRST.plus(Duration.ofHours(t - 1000)))));
        return RT.vector(pinned.toArray());
    }
}
