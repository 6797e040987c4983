package peerserver.op;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peerserver.db.TransactionReport;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;
import peerserver.wire.Fields;
import peerserver.wire.TransitCodec;

/**
 * The recipe of a speculative value: the t that it was begun at, and the transactions that were tried, one upon the other.
 *
 * @param basisT that t
 * @param steps the transactions
 * @param bytes what the steps take on the wire
 */
record Speculation(long basisT, List<Step> steps, long bytes) {

    private static final Keyword BASIS = Keyword.intern("basis");
    private static final Keyword STEPS = Keyword.intern("steps");
    private static final Keyword TX_INSTANT = Keyword.intern("db", "txInstant");
    private static final SelectorForm INSTANT = SelectorForm.parse(PersistentVector.create(TX_INSTANT));

    Speculation {
        steps = List.copyOf(steps);
    }

    /**
     * A transaction that was tried.
     *
     * @param transaction its forms
     * @param instant the time that it bears
     * @param fingerprint of what it did
     */
    record Step(TransactionForm transaction, Date instant, long fingerprint) {

        private static final PersistentVector PIN = PersistentVector.create(Keyword.intern("db", "add"), "datomic.tx");

        /** The transaction with its time in it, as which it can be tried again. */
        TransactionForm again() {
            List<@Nullable Object> data = new ArrayList<>(transaction.data());
            data.add(PIN.cons(TX_INSTANT).cons(instant));
            return new TransactionForm(data);
        }

        private PersistentVector onTheWire() {
            return PersistentVector.create(PersistentVector.create(transaction.data()), instant, fingerprint);
        }

        /** A step as it came; anybody may have made it. */
        private static Step from(@Nullable Object representation) {
            if (representation instanceof List<?> parts
                    && parts.size() == 3
                    && parts.get(1) instanceof Date instant
                    && parts.get(2) instanceof Long fingerprint) {
                return new Step(TransactionForm.parse(parts.get(0)), instant, fingerprint);
            }
            throw AnomalyException.incorrect("Expected [tx-data instant fingerprint] as a step of a speculative value");
        }
    }

    /** A value as it stood in the database. */
    static Speculation at(long basisT) {
        return new Speculation(basisT, List.of(), 0);
    }

    /** The value after another transaction; null when the report does not say what it takes to try it again. */
    @Nullable Speculation and(TransactionForm transaction, TransactionReport report) {
        Date instant = instant(report);
        if (instant == null) {
            return null;
        }
        return and(new Step(transaction, instant, fingerprint(report)));
    }

    private Speculation and(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Speculation(basisT, more, bytes + TransitCodec.msgpack().encode(step.onTheWire()).length);
    }

    private static @Nullable Date instant(TransactionReport report) {
        return !report.txData().isEmpty()
                        && report.dbAfter().pull(INSTANT, report.txData().get(0).tx(), null) instanceof Map<?, ?> pulled
                        && pulled.get(TX_INSTANT) instanceof Date instant
                ? instant
                : null;
    }

    /** A number that what transactions did shares with what the same ones did elsewhere, in whatever order it is told. */
    static long fingerprint(TransactionReport report) {
        Set<List<Object>> datoms = new HashSet<>();
        for (Datom datom : report.txData()) {
            datoms.add(List.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added()));
        }
        return Fingerprint.of(datoms);
    }

    /** The entries that it travels as. */
    Map<Keyword, Object> asMap() {
        return Map.of(
                BASIS,
                basisT,
                STEPS,
                PersistentVector.create(steps.stream().map(Step::onTheWire).toList()));
    }

    /** Whether those entries are of such a recipe. */
    static boolean isIn(Fields entries) {
        return entries.has(BASIS);
    }

    /**
     * What came; anybody may have made it.
     *
     * @throws AnomalyException {@code incorrect} for what is none
     */
    static Speculation from(Fields entries) {
        Speculation speculation = at(entries, BASIS);
        for (Object step : entries.requiredList(STEPS)) {
            speculation = speculation.and(Step.from(step));
        }
        return speculation;
    }

    /** A value as it stood in the database at a t that came; anybody may have made it up. */
    static Speculation at(Fields entries, Keyword t) {
        return at(entries.optionalLong(t, 0, Long.MAX_VALUE)
                .orElseThrow(() -> AnomalyException.incorrect("Expected a t for " + t)));
    }
}
