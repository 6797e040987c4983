package peerserver.chunk;

import clojure.lang.Keyword;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.db.Resume;

/**
 * Where an iteration stands: a recipe from which any node that holds the database can continue it, not an iterator.
 *
 * @param id names the iteration; rows that are kept live are found by it
 * @param request the request that began the iteration, with its db values fixed at a t
 * @param resume the next row, and what to seek to find it
 * @param end the number of the row behind the last one wanted
 * @param chunk how many rows to answer at a time
 */
public record Cursor(String id, Map<Keyword, Object> request, Resume resume, long end, int chunk) {

    /** This cursor, moved on. */
    public Cursor at(long row, @Nullable Object after) {
        return new Cursor(id, request, new Resume(row, after), end, chunk);
    }

    /** This cursor, with chunks of another size. */
    public Cursor inChunksOf(int rows) {
        return new Cursor(id, request, resume, end, rows);
    }
}
