package peerserver.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, all of them found and in {@link RowOrder}; what is left to do for a row, such as a pull, is done
 * when it is read.
 */
public final class QueryRows implements Rows {

    private static final int BYTES_PER_ROW = 96;

    private final Object[] found;
    private final UnaryOperator<Object> finish;
    private int next;

    /**
     * Puts the rows in order.
     *
     * @param found what the engine found
     * @param finish makes a row to answer of a row that was found
     */
    public QueryRows(Iterable<?> found, UnaryOperator<Object> finish) {
        this.found = toArray(found);
        this.finish = finish;
        sort(this.found);
    }

    /** A row and its first value, which mostly decides: to find it anew for every comparison costs half the time. */
    private record Row(long prefix, @Nullable Object first, Object whole) {

        static Row of(Object whole) {
            Object first = whole instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
            return new Row(RowOrder.prefix(first), first, whole);
        }

        int compareTo(Row other) {
            if (prefix != other.prefix) {
                return prefix < other.prefix ? -1 : 1;
            }
            int byFirst = RowOrder.INSTANCE.compare(first, other.first);
            return byFirst == 0 ? RowOrder.INSTANCE.compare(whole, other.whole) : byFirst;
        }
    }

    private static void sort(Object[] found) {
        Row[] rows = new Row[found.length];
        Arrays.setAll(rows, i -> Row.of(found[i]));
        Arrays.sort(rows, Row::compareTo);
        Arrays.setAll(found, i -> rows[i].whole);
    }

    private static Object[] toArray(Iterable<?> found) {
        if (found instanceof Collection<?> collection) {
            return collection.toArray();
        }
        List<Object> rows = new ArrayList<>();
        found.forEach(rows::add);
        return rows.toArray();
    }

    @Override
    public boolean hasNext() {
        return next < found.length;
    }

    @Override
    public Object next() {
        if (next >= found.length) {
            throw new NoSuchElementException();
        }
        return finish.apply(found[next++]);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(found.length);
    }

    @Override
    public boolean moveTo(long row) {
        next = (int) Math.min(row, found.length);
        return true;
    }

    @Override
    public void skip(long count) {
        moveTo(count >= found.length - next ? found.length : next + count);
    }

    @Override
    public long weight() {
        return (long) found.length * BYTES_PER_ROW;
    }
}
