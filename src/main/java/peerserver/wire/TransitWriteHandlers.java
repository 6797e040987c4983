package peerserver.wire;

import clojure.lang.BigInt;
import clojure.lang.ISeq;
import clojure.lang.Keyword;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import com.cognitect.transit.TransitFactory;
import com.cognitect.transit.WriteHandler;
import com.cognitect.transit.impl.WriteHandlerMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tag and representation of every type that has a form on the wire, beyond those that Transit knows itself. */
final class TransitWriteHandlers {

    /** For values of types that are found neither by class nor by interface. */
    static final WriteHandler<Object, Object> FALLBACK = new Fallback();

    private static final WriteHandlerMap BY_CLASS = new WriteHandlerMap(byClass());

    /** As many as there ever were writers at once. */
    private static final Queue<WriteHandlerMap> IDLE = new ConcurrentLinkedQueue<>();

    private TransitWriteHandlers() {}

    /** A map for one writer: it remembers the classes it meets, and is not thread-safe. */
    static WriteHandlerMap borrow() {
        WriteHandlerMap idle = IDLE.poll();
        return idle == null ? new WriteHandlerMap(BY_CLASS) : idle;
    }

    /** Takes a map back from a writer that is done with it; making one costs more than writing a small answer. */
    static void giveBack(WriteHandlerMap handlers) {
        IDLE.add(handlers);
    }

    @SuppressWarnings("rawtypes") // as the library declares it
    private static Map<Class, WriteHandler<?, ?>> byClass() {
        Map<Class, WriteHandler<?, ?>> handlers = new HashMap<>();
        handlers.put(Keyword.class, text(":", (Keyword keyword) -> keyword.sym.toString()));
        handlers.put(Symbol.class, text("$", Symbol::toString));
        handlers.put(BigInt.class, text("n", BigInt::toString));
        handlers.put(Ratio.class, array("ratio", (Ratio ratio) -> List.of(ratio.numerator, ratio.denominator)));
        handlers.put(Float.class, new FloatHandler());
        handlers.put(Instant.class, new InstantHandler());
        handlers.put(Datom.class, new Handler<>("datom", Datom::toVector, null));
        handlers.put(List.class, new ListHandler());
        // Without this the library takes a bare Object for nil.
        handlers.put(Object.class, FALLBACK);
        return handlers;
    }

    private static <T> Handler<T> text(String tag, Function<T, String> representation) {
        return new Handler<>(tag, representation::apply, representation);
    }

    private static <T> Handler<T> array(String tag, Function<T, Object> items) {
        return new Handler<>(tag, value -> TransitFactory.taggedValue("array", items.apply(value)), null);
    }

    private record Handler<T>(
            String tag,
            Function<T, Object> representation,
            @Nullable Function<T, String> string) implements WriteHandler<T, Object> {
        @Override
        public String tag(T value) {
            return tag;
        }

        @Override
        public Object rep(T value) {
            return representation.apply(value);
        }

        @Override
        public @Nullable String stringRep(T value) {
            return string == null ? null : string.apply(value);
        }

        @Override
        public <V> @Nullable WriteHandler<T, V> getVerboseHandler() {
            return null;
        }
    }

    private abstract static class Varying<T> implements WriteHandler<T, Object> {
        @Override
        public @Nullable String stringRep(T value) {
            return null;
        }

        @Override
        public <V> @Nullable WriteHandler<T, V> getVerboseHandler() {
            return null;
        }
    }

    /** Writes a float as the double of exactly the same value. */
    private static final class FloatHandler extends Varying<Float> {
        @Override
        public String tag(Float value) {
            return Float.isFinite(value) ? "d" : "z";
        }

        @Override
        public Object rep(Float value) {
            if (Float.isFinite(value)) {
                return value.doubleValue();
            }
            return value.isNaN() ? "NaN" : value > 0 ? "INF" : "-INF";
        }

        @Override
        public String stringRep(Float value) {
            return rep(value).toString();
        }
    }

    private static final class InstantHandler extends Varying<Instant> {
        @Override
        public String tag(Instant value) {
            return "m";
        }

        @Override
        public Object rep(Instant value) {
            return value.toEpochMilli();
        }

        @Override
        public String stringRep(Instant value) {
            return Long.toString(value.toEpochMilli());
        }
    }

    /** Lists and sequences of Clojure are lists; every other list is an array, as vectors are. */
    private static final class ListHandler extends Varying<List<?>> {
        @Override
        public String tag(List<?> value) {
            return value instanceof ISeq ? "list" : "array";
        }

        @Override
        public Object rep(List<?> value) {
            return value instanceof ISeq ? TransitFactory.taggedValue("array", LateValues.items(value)) : value;
        }
    }

    private static final class Fallback extends Varying<Object> {
        @Override
        public String tag(Object value) {
            if (value instanceof Map) {
                return "cmap";
            }
            if (value instanceof Set) {
                return "set";
            }
            if (value instanceof Collection || value instanceof Object[]) {
                return "array";
            }
            throw AnomalyException.incorrect(
                    "A value of type " + value.getClass().getName() + " has no form on the wire");
        }

        @Override
        public Object rep(Object value) {
            if (value instanceof Map<?, ?> map) {
                List<@Nullable Object> items = new ArrayList<>(2 * map.size());
                map.forEach((key, item) -> {
                    items.add(key);
                    items.add(item);
                });
                return TransitFactory.taggedValue("array", items);
            }
            return value instanceof Set ? TransitFactory.taggedValue("array", value) : value;
        }
    }
}
