package peerserver.db;

import clojure.lang.BigInt;
import clojure.lang.IPersistentCollection;
import clojure.lang.IRecord;
import clojure.lang.ISeq;
import clojure.lang.ITransientMap;
import clojure.lang.Indexed;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Datom;

/**
 * Copies of what an error of a library quotes, as data that every codec can write. Callers have a hand in it: it may be
 * without end, fail when it is looked at, or be a whole database. A value is copied whole, or there is a mark in its place:
 * when it, and those that were copied before, are more than {@value #MOST} in all, when it is nested deeper than
 * {@value #DEEPEST} levels, and when it fails. Of other objects there is their text, and of records the name of their class.
 */
final class PlainData {

    /** What stands for a value that is left out. */
    static final String LEFT_OUT = "…";

    private static final int MOST = 100_000;
    private static final int DEEPEST = 100;
    private static final int PARTS_OF_DATOM = 5;

    private int copied;

    /** A copy. */
    @Nullable Object of(@Nullable Object value) {
        int before = copied;
        try {
            return copy(value, 0);
        } catch (RuntimeException | StackOverflowError e) {
            copied = before;
            return LEFT_OUT;
        }
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (++copied > MOST || depth > DEEPEST) {
            throw new IllegalArgumentException("too large");
        }
        if (value instanceof IRecord) {
            return value.getClass().getName();
        }
        if (value instanceof Map<?, ?> map) {
            // Of Clojure's own, with hashes that callers cannot choose.
            ITransientMap copy = (ITransientMap) PersistentHashMap.EMPTY.asTransient();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy = copy.assoc(copy(entry.getKey(), depth + 1), copy(entry.getValue(), depth + 1));
            }
            return copy.persistent();
        }
        if (value instanceof Collection<?> items) {
            return items(items, depth);
        }
        if (value instanceof Indexed parts && parts.nth(PARTS_OF_DATOM - 1, null) instanceof Boolean added) {
            return datom(parts, added, depth);
        }
        return value == null || isScalar(value) ? value : value.toString();
    }

    private IPersistentCollection items(Collection<?> items, int depth) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object item : items) {
            copy.add(copy(item, depth + 1));
        }
        if (items instanceof Set) {
            return PersistentHashSet.create(copy);
        }
        return items instanceof ISeq
                ? (IPersistentCollection) PersistentList.create(copy)
                : PersistentVector.create(copy);
    }

    /** A datom of an engine, whose parts are found by their index. */
    private Object datom(Indexed parts, boolean added, int depth) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (int i = 0; i < PARTS_OF_DATOM; i++) {
            copy.add(copy(parts.nth(i), depth + 1));
        }
        return copy.contains(null)
                ? PersistentVector.create(copy)
                : new Datom(copy.get(0), copy.get(1), copy.get(2), copy.get(3), added);
    }

    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Keyword
                || value instanceof Symbol
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float
                || value instanceof BigInteger
                || value instanceof BigInt
                || value instanceof BigDecimal
                || value instanceof Ratio
                || value instanceof Character
                || value instanceof Date
                || value instanceof UUID
                || value instanceof URI
                || value instanceof byte[];
    }
}
