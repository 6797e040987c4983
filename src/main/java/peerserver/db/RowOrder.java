package peerserver.db;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A total order of everything that a query can return, which depends on the values alone: the same on every node and in
 * every JVM. Values of different types are ordered by type.
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
            case RANK_LIST -> compareLists((List<?>) left, (List<?>) right);
            case RANK_SET -> compareSorted(((Set<?>) left).toArray(), ((Set<?>) right).toArray());
            case RANK_MAP -> compareMaps((Map<?, ?>) left, (Map<?, ?>) right);
            case RANK_BYTES -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
            case RANK_INTEGER -> Long.compare(((Number) left).longValue(), ((Number) right).longValue());
            case RANK_FLOATING -> Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
            case RANK_DECIMAL -> compareDecimals((BigDecimal) left, (BigDecimal) right);
            case RANK_BIG_INTEGER -> bigInteger(left).compareTo(bigInteger(right));
            case RANK_OTHER -> compareOthers(left, right);
            default -> compareNaturally(left, right);
        };
    }

    private static final int RANK_INTEGER = 2;
    private static final int RANK_FLOATING = 3;
    private static final int RANK_BIG_INTEGER = 4;
    private static final int RANK_DECIMAL = 5;
    private static final int RANK_BYTES = 14;
    private static final int RANK_LIST = 15;
    private static final int RANK_SET = 16;
    private static final int RANK_MAP = 17;
    private static final int RANK_OTHER = 18;

    private static int rank(@Nullable Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return RANK_INTEGER;
        } else if (value instanceof String) {
            return 9;
        } else if (value instanceof Keyword) {
            return 10;
        } else if (value instanceof Boolean) {
            return 1;
        } else if (value instanceof Double || value instanceof Float) {
            return RANK_FLOATING;
        } else if (value instanceof Date) {
            return 7;
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
            return 12;
        } else if (value instanceof Character) {
            return 13;
        }
        return RANK_OTHER;
    }

    private int compareLists(List<?> left, List<?> right) {
        int bySize = Integer.compare(left.size(), right.size());
        Iterator<?> others = right.iterator();
        for (Iterator<?> items = left.iterator(); bySize == 0 && items.hasNext(); ) {
            int byItem = compare(items.next(), others.next());
            if (byItem != 0) {
                return byItem;
            }
        }
        return bySize;
    }

    private int compareSorted(Object[] left, Object[] right) {
        Arrays.sort(left, this);
        Arrays.sort(right, this);
        return compareLists(Arrays.asList(left), Arrays.asList(right));
    }

    private int compareMaps(Map<?, ?> left, Map<?, ?> right) {
        Object[] leftKeys = left.keySet().toArray();
        Object[] rightKeys = right.keySet().toArray();
        int byKeys = compareSorted(leftKeys, rightKeys);
        for (int i = 0; byKeys == 0 && i < leftKeys.length; i++) {
            int byValue = compare(left.get(leftKeys[i]), right.get(rightKeys[i]));
            if (byValue != 0) {
                return byValue;
            }
        }
        return byKeys;
    }

    /** By value, and then by scale: 1.0M and 1.00M are two rows. */
    private static int compareDecimals(BigDecimal left, BigDecimal right) {
        int byValue = left.compareTo(right);
        return byValue == 0 ? Integer.compare(left.scale(), right.scale()) : byValue;
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
        return byClass != 0 ? byClass : left.toString().compareTo(right.toString());
    }
}
