package peerserver.differential;

import clojure.lang.RT;
import clojure.lang.Symbol;
import clojure.lang.TaggedLiteral;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What stands in a case for something that each side has to find for itself. */
sealed interface Form {

    /** What it stands for on a side. */
    Object on(Side side);

    /** How it is written. */
    TaggedLiteral literal();

    private static TaggedLiteral literal(String tag, Object form) {
        return TaggedLiteral.create(Symbol.intern(tag), written(form));
    }

    /** The data as it would stand in a list of cases. */
    static Object written(Object data) {
        return replaced(data, Form::literal);
    }

    /**
     * {@code #db main}, {@code #db (as-of 1000 main)}, {@code #db (with [tx-data] main)}: a db value. {@code since} and
     * {@code history} are the other filters.
     */
    record Db(Object form) implements Form {
        @Override
        public Object on(Side side) {
            return side.db(form);
        }

        @Override
        public TaggedLiteral literal() {
            return Form.literal("db", form);
        }
    }

    /** {@code #eid [:person/name "Ada"]}: the id of an entity of the main database. */
    record Entity(Object identifier) implements Form {
        @Override
        public Object on(Side side) {
            return side.landmarks().entity(identifier);
        }

        @Override
        public TaggedLiteral literal() {
            return Form.literal("eid", identifier);
        }
    }

    /** {@code #eid-of [:track/name "Because"]}: the one entity of the main database that has that value. */
    record Holder(Object attribute, Object value) implements Form {
        static Holder of(Object pair) {
            Object value = RT.nth(pair, 1);
            return new Holder(RT.nth(pair, 0), value instanceof List<?> ? of(value) : value);
        }

        @Override
        public Object on(Side side) {
            return side.landmarks().holder(attribute, value instanceof Holder inner ? inner.on(side) : value);
        }

        @Override
        public TaggedLiteral literal() {
            return Form.literal("eid-of", RT.vector(attribute, value));
        }
    }

    /** {@code #t 3}: the t of a transaction of the main database, the first being 1. */
    record T(long transaction) implements Form {
        @Override
        public Object on(Side side) {
            return side.landmarks().t(transaction);
        }

        @Override
        public TaggedLiteral literal() {
            return Form.literal("t", transaction);
        }
    }

    /** {@code #tx 3}: the id of that transaction. */
    record Tx(long transaction) implements Form {
        @Override
        public Object on(Side side) {
            return side.landmarks().tx(transaction);
        }

        @Override
        public TaggedLiteral literal() {
            return Form.literal("tx", transaction);
        }
    }

    /** {@code #instant 3}: when that transaction was. */
    record Instant(long transaction) implements Form {
        @Override
        public Object on(Side side) {
            return side.landmarks().instant(transaction);
        }

        @Override
        public TaggedLiteral literal() {
            return Form.literal("instant", transaction);
        }
    }

    /**
     * The data with each form in it, however deep, replaced, and each NaN with one of its own: to Clojure it equals itself,
     * the very object, and no other, which nothing that comes over the wire is.
     */
    static @Nullable Object replaced(@Nullable Object data, Function<Form, Object> replacement) {
        return Data.replaced(data, item -> {
            if (item instanceof Double number && number.isNaN()) {
                return Double.valueOf(Double.NaN);
            }
            return item instanceof Form form ? replacement.apply(form) : item;
        });
    }
}
