package peerserver.db;

import java.util.Iterator;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rows of one operation on one db value, read once from front to back. Not thread-safe. */
public interface Rows extends Iterator<Object> {

    /** How many rows there are in all, from the first one, where that is known without reading them. */
    default OptionalLong size() {
        return OptionalLong.empty();
    }

    /**
     * What a later reading can seek to go on behind one of these rows: a {@link peerserver.wire.Datom} in an index, a t in
     * the log. Null when a reading can only count rows.
     */
    default @Nullable Object position(Object row) {
        return null;
    }

    /**
     * Moves to the row of that number, counted from 0, if that costs no more than moving a pointer.
     *
     * @return whether the next row is now the one asked for
     */
    default boolean moveTo(long row) {
        return false;
    }

    /** An estimate of the bytes of memory that keeping these rows costs. */
    default long weight() {
        return 65_536;
    }

    /** Passes over up to {@code count} rows. */
    default void skip(long count) {
        for (long i = 0; i < count && hasNext(); i++) {
            next();
        }
    }
}
