package peerserver.db;

import clojure.lang.BigInt;
import clojure.lang.IRecord;
import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Copies of what an error of a library quotes, as data that every codec can write. Callers have a hand in it: it may be
 * without end, fail when it is looked at, or be a whole database. So no more is copied than {@value #MOST} values in all,
 * {@value #DEEPEST} levels deep, nothing of the inside of objects, and of what fails nothing.
 */
final class PlainData {

    private static final int MOST = 1_000;
    private static final int DEEPEST = 20;

    /** What stands for all that is left out. */
    private static final String LEFT_OUT = "…";

    private int copied;

    /** A copy. */
    Object of(Object value) {
        try {
            Object copy = copy(value, 0);
            return copy == null ? LEFT_OUT : copy;
        } catch (RuntimeException | StackOverflowError e) {
            return LEFT_OUT;
        }
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (++copied > MOST || depth > DEEPEST) {
            return LEFT_OUT;
        }
        if (value instanceof IRecord) {
            return value.getClass().getName();
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> copy = new HashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (copied > MOST) {
                    break;
                }
                copy.put(copy(entry.getKey(), depth + 1), copy(entry.getValue(), depth + 1));
            }
            return copy;
        }
        if (value instanceof Collection<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object item : items) {
                copy.add(copy(item, depth + 1));
                if (copied > MOST) {
                    break;
                }
            }
            return copy;
        }
        return value == null || isScalar(value) ? value : value.toString();
    }

    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Keyword
                || value instanceof Symbol
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Double
                || value instanceof Float
                || value instanceof BigInteger
                || value instanceof BigInt
                || value instanceof BigDecimal
                || value instanceof Date
                || value instanceof UUID
                || value instanceof URI
                || value instanceof byte[];
    }
}
