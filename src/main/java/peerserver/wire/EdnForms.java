package peerserver.wire;

import clojure.lang.BigInt;
import clojure.lang.IPersistentMap;
import clojure.lang.ISeq;
import clojure.lang.Named;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import clojure.lang.TaggedLiteral;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns values into what Clojure prints as EDN that can be read back. */
final class EdnForms {

    static final Symbol URI_TAG = Symbol.intern("uri");
    static final Symbol BYTES_TAG = Symbol.intern("bytes");
    static final Symbol DATOM_TAG = Symbol.intern("datom");

    /** What needs no second look. */
    private static final Pattern PLAIN =
            Pattern.compile(":?[a-zA-Z?$%_*!<>=][\\w.?*!<>=+-]*(/[a-zA-Z?_*!<>=][\\w.?*!<>=+-]*)?");

    private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_10_000 =
            Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();
    private static final Set<String> CONSTANTS = Set.of("nil", "true", "false");

    /** What a collection counts, in bytes, when there are many of them: its form is in memory before the text is. */
    private static final int COLLECTION = 32;

    private static final int FEW_COLLECTIONS = 1_000;

    private final int most;
    private long size;
    private int collections;

    private EdnForms(int most) {
        this.most = most;
    }

    /**
     * The printable form of a value.
     *
     * @param most how many bytes it may take
     * @throws AnomalyException {@code incorrect} when it has none, is nested too deeply or takes more
     */
    static @Nullable Object of(@Nullable Object value, int most) {
        return new EdnForms(most).form(value, 0);
    }

    /** Counts what the form of a value takes at least, but for what is in it. */
    private void count(@Nullable Object value) {
        if (value instanceof String text) {
            size += text.length();
        } else if (value instanceof byte[] bytes) {
            size += bytes.length;
        } else {
            size += opensLevel(value) && ++collections > FEW_COLLECTIONS ? COLLECTION : 1;
        }
        if (size > most) {
            throw Limits.tooLong(most);
        }
    }

    private @Nullable Object form(@Nullable Object value, int depth) {
        count(value);
        if (depth > Limits.DEPTH || (depth == Limits.DEPTH && opensLevel(value))) {
            throw Limits.answerTooDeep();
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (value instanceof Set<?> set) {
            return PersistentHashSet.create(items(set, depth));
        }
        if (value instanceof ISeq && value instanceof List<?> list) {
            return PersistentList.create(items(LateValues.items(list), depth));
        }
        if (value instanceof Collection<?> collection) {
            return PersistentVector.create(items(collection, depth));
        }
        if (value instanceof Object[] array) {
            return PersistentVector.create(items(Arrays.asList(array), depth));
        }
        if (value instanceof Datom datom) {
            return TaggedLiteral.create(DATOM_TAG, form(datom.toVector(), depth + 1));
        }
        if (value instanceof Named name) {
            return readable(name);
        }
        return value == null || isPrintable(value) ? value : leaf(value);
    }

    /** An instant with a year of four digits, which is what EDN's form has room for. */
    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static Date date(long epochMs) {
        if (epochMs < YEAR_1 || epochMs >= YEAR_10_000) {
            throw AnomalyException.incorrect("An instant outside of the years 1 to 9999 has no form in EDN");
        }
        return new Date(epochMs);
    }

    /** A keyword or symbol that reads as itself: transit carries others too, such as one with a space in its name. */
    private static Object readable(Named name) {
        String text = name.toString();
        if (isPlain(text) || name.equals(read(text))) {
            return name;
        }
        throw AnomalyException.incorrect("A keyword or symbol has no form in EDN");
    }

    private static boolean isPlain(String text) {
        return text.length() <= Limits.NUMBER_LENGTH && PLAIN.matcher(text).matches() && !CONSTANTS.contains(text);
    }

    private static @Nullable Object read(String text) {
        try {
            return EdnCodec.readString(text);
        } catch (AnomalyException e) {
            return null;
        }
    }

    /** Whether a value is a collection or has a tag, which readers count alike. */
    private static boolean opensLevel(@Nullable Object value) {
        return value instanceof Collection
                || value instanceof Map
                || value instanceof Object[]
                || value instanceof Date
                || value instanceof Instant
                || value instanceof UUID
                || value instanceof URI
                || value instanceof byte[]
                || value instanceof Datom
                || (value instanceof Double real && !Double.isFinite(real))
                || (value instanceof Float real && !Float.isFinite(real));
    }

    private List<@Nullable Object> items(Collection<?> values, int depth) {
        List<@Nullable Object> items = new ArrayList<>(values.size());
        for (Object value : values) {
            items.add(form(value, depth + 1));
        }
        return items;
    }

    private IPersistentMap map(Map<?, ?> map, int depth) {
        IPersistentMap result = PersistentArrayMap.EMPTY;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            result = result.assoc(form(entry.getKey(), depth + 1), form(entry.getValue(), depth + 1));
        }
        return result;
    }

    private static boolean isPrintable(Object value) {
        return value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof BigInt
                || value instanceof BigDecimal
                || value instanceof Ratio
                || value instanceof Character;
    }

    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static Object leaf(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof BigInteger number) {
            return BigInt.fromBigInteger(number);
        }
        if (value instanceof Date instant) {
            return date(instant.getTime());
        }
        if (value instanceof Instant instant) {
            return date(instant.toEpochMilli());
        }
        if (value instanceof URI) {
            return TaggedLiteral.create(URI_TAG, value.toString());
        }
        if (value instanceof byte[] bytes) {
            return TaggedLiteral.create(BYTES_TAG, Base64.getEncoder().encodeToString(bytes));
        }
        throw AnomalyException.incorrect("A value of type " + value.getClass().getName() + " has no form on the wire");
    }
}
