package peerserver.db;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Datom;

/**
 * A total order of everything that a query can return, which depends on the values alone: the same on every node and in
 * every JVM. Values of different types are ordered by type; what looks the same on the wire is the same here. Values that
 * have no form on the wire are ordered by their class and text, which may be this JVM's own: no answer can carry them.
 */
public final class RowOrder implements Comparator<@Nullable Object> {

    /** The one order there is. */
    public static final RowOrder INSTANCE = new RowOrder();

    private RowOrder() {}

    @Override
    public int compare(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return 0;
        }
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        int leftRank = rank(left);
        int byType = Integer.compare(leftRank, rank(right));
        if (byType != 0 || left == null || right == null) {
            return byType;
        }
        return switch (leftRank) {
            case RANK_LIST -> compareLists(list(left), list(right));
            case RANK_SET -> compareSets((Set<?>) left, (Set<?>) right);
            case RANK_MAP -> compareMaps((Map<?, ?>) left, (Map<?, ?>) right);
            case RANK_DATOM -> compareLists(items((Datom) left), items((Datom) right));
            case RANK_BYTES -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
            case RANK_INTEGER -> Long.compare(((Number) left).longValue(), ((Number) right).longValue());
            case RANK_FLOATING -> Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
            case RANK_DECIMAL -> compareDecimals((BigDecimal) left, (BigDecimal) right);
            case RANK_BIG_INTEGER -> bigInteger(left).compareTo(bigInteger(right));
            case RANK_INSTANT -> Long.compare(instant(left), instant(right));
            case RANK_URI -> left.toString().compareTo(right.toString());
            case RANK_OTHER -> compareOthers(left, right);
            default -> compareNaturally(left, right);
        };
    }

    /**
     * A number that goes by this order as far as it tells two values apart: where the numbers of two values differ, they
     * compare as the values do; where they are the same, the values must be compared themselves.
     */
    static long prefix(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        int rank = rank(value);
        return ((long) rank << PREFIX_BITS) | prefix(rank, value);
    }

    private static long prefix(int rank, Object value) {
        return switch (rank) {
            case RANK_INTEGER -> clamped(((Number) value).longValue());
            case RANK_INSTANT -> clamped(instant(value));
            case RANK_FLOATING -> {
                long bits = Double.doubleToLongBits(((Number) value).doubleValue());
                yield clamped((bits ^ ((bits >> 63) & Long.MAX_VALUE)) >> (Long.SIZE - PREFIX_BITS));
            }
            case RANK_STRING -> {
                String text = (String) value;
                yield at(text, 0) << 42 | at(text, 1) << 26 | at(text, 2) << 10 | at(text, 3) >> 6;
            }
            default -> 0;
        };
    }

    private static long clamped(long value) {
        long half = 1L << (PREFIX_BITS - 1);
        return Math.max(-half, Math.min(half - 1, value)) + half;
    }

    private static long at(String text, int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static final int PREFIX_BITS = 58;

    private static final int RANK_INTEGER = 2;
    private static final int RANK_FLOATING = 3;
    private static final int RANK_BIG_INTEGER = 4;
    private static final int RANK_DECIMAL = 5;
    private static final int RANK_INSTANT = 7;
    private static final int RANK_STRING = 9;
    private static final int RANK_URI = 12;
    private static final int RANK_BYTES = 14;
    private static final int RANK_LIST = 15;
    private static final int RANK_SET = 16;
    private static final int RANK_MAP = 17;
    private static final int RANK_DATOM = 18;
    private static final int RANK_OTHER = 19;

    private static int rank(@Nullable Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return RANK_INTEGER;
        } else if (value instanceof String) {
            return RANK_STRING;
        } else if (value instanceof Keyword) {
            return 10;
        } else if (value instanceof Boolean) {
            return 1;
        } else if (value instanceof Double || value instanceof Float) {
            return RANK_FLOATING;
        } else if (value instanceof Date) {
            return RANK_INSTANT;
        } else if (value instanceof UUID) {
            return 8;
        } else if (value instanceof List) {
            return RANK_LIST;
        } else if (value instanceof Map) {
            return RANK_MAP;
        } else if (value instanceof Set) {
            return RANK_SET;
        } else if (value instanceof byte[]) {
            return RANK_BYTES;
        } else if (value instanceof BigInteger || value instanceof BigInt) {
            return RANK_BIG_INTEGER;
        } else if (value instanceof BigDecimal) {
            return RANK_DECIMAL;
        } else if (value instanceof Ratio) {
            return 6;
        } else if (value instanceof Symbol) {
            return 11;
        } else if (value instanceof URI) {
            return RANK_URI;
        } else if (value instanceof Character) {
            return 13;
        } else if (value instanceof Datom) {
            return RANK_DATOM;
        }
        return value instanceof Collection || value.getClass().isArray() ? RANK_LIST : RANK_OTHER;
    }

    /** The items of a list, of another collection or of an array. */
    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value instanceof Collection<?> items ? Arrays.asList(items.toArray()) : new ArrayItems(value);
    }

    private static List<@Nullable Object> items(Datom datom) {
        return Arrays.asList(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added());
    }

    private int compareLists(List<?> left, List<?> right) {
        int size = left.size();
        int bySize = Integer.compare(size, right.size());
        if (bySize == 0 && left instanceof RandomAccess && right instanceof RandomAccess) {
            return compareItems(left, right, size);
        }
        Iterator<?> others = right.iterator();
        for (Iterator<?> items = left.iterator(); bySize == 0 && items.hasNext(); ) {
            int byItem = compare(items.next(), others.next());
            if (byItem != 0) {
                return byItem;
            }
        }
        return bySize;
    }

    private int compareItems(List<?> left, List<?> right, int size) {
        for (int i = 0; i < size; i++) {
            int byItem = compare(left.get(i), right.get(i));
            if (byItem != 0) {
                return byItem;
            }
        }
        return 0;
    }

    private int compareSets(Set<?> left, Set<?> right) {
        return compareLists(sorted(left.toArray()), sorted(right.toArray()));
    }

    /** As sorted lists of entries, each of them a list of key and value. */
    private int compareMaps(Map<?, ?> left, Map<?, ?> right) {
        return compareLists(sorted(entries(left)), sorted(entries(right)));
    }

    private static Object[] entries(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> Arrays.asList(entry.getKey(), entry.getValue()))
                .toArray();
    }

    private List<?> sorted(Object[] items) {
        Arrays.sort(items, this);
        return Arrays.asList(items);
    }

    /** By value, and then by scale: 1.0M and 1.00M are two rows. */
    private static int compareDecimals(BigDecimal left, BigDecimal right) {
        int byValue = left.compareTo(right);
        return byValue == 0 ? Integer.compare(left.scale(), right.scale()) : byValue;
    }

    /** In milliseconds: a subclass may have a finer order of its own, which the wire does not know. */
    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static long instant(Object value) {
        return ((Date) value).getTime();
    }

    @SuppressWarnings("unchecked")
    private static int compareNaturally(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static BigInteger bigInteger(Object value) {
        return value instanceof BigInt big ? big.toBigInteger() : (BigInteger) value;
    }

    private static int compareOthers(Object left, Object right) {
        int byClass = left.getClass().getName().compareTo(right.getClass().getName());
        return byClass != 0 ? byClass : text(left).compareTo(text(right));
    }

    private static String text(Object foreign) {
        try {
            return String.valueOf(foreign.toString());
        } catch (RuntimeException e) {
            return "";
        }
    }

    /** An array of any type as a list. */
    private static final class ArrayItems extends AbstractList<@Nullable Object> implements RandomAccess {

        private final Object array;

        ArrayItems(Object array) {
            this.array = array;
        }

        @Override
        public @Nullable Object get(int index) {
            return Array.get(array, index);
        }

        @Override
        public int size() {
            return Array.getLength(array);
        }
    }
}
