package peerserver.db;

import org.jspecify.annotations.Nullable;

/**
 * Where a reading of rows begins.
 *
 * @param row the number of the first row wanted, counted from 0
 * @param after what {@link Rows#position} said of the row before, when known: the engine seeks it instead of counting rows
 */
public record Resume(long row, @Nullable Object after) {

    /** From a row on, found by counting. */
    public static Resume atRow(long row) {
        return new Resume(row, null);
    }
}
