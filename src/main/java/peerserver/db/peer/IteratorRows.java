package peerserver.db.peer;

import java.util.Iterator;
import peerserver.db.EngineErrors;
import peerserver.db.Rows;

/**
 * Rows read from an iterator of the peer library, which works while it is read.
 *
 * @param rows the iterator
 */
record IteratorRows(Iterator<?> rows) implements Rows {

    @Override
    public boolean hasNext() {
        return EngineErrors.translating(rows::hasNext);
    }

    @Override
    public Object next() {
        return EngineErrors.translating(rows::next);
    }
}
