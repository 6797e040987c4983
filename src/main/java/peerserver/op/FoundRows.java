package peerserver.op;

import clojure.lang.Keyword;
import java.util.Map;
import peerserver.db.Rows;

/**
 * Rows that a handler found, standing at the one that is to be answered next.
 *
 * @param rows the rows
 * @param metadata what is to be told about them beside
 */
record FoundRows(Rows rows, Map<Keyword, Object> metadata) {

    FoundRows(Rows rows) {
        this(rows, Map.of());
    }
}
