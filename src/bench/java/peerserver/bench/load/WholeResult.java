package peerserver.bench.load;

import clojure.lang.PersistentVector;
import java.util.Collection;
import java.util.Map;
import peerserver.db.QueryRows;
import peerserver.wire.Keys;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/**
 * What the server does with the rows of a large query, by itself and in one go.
 *
 * @param rows as the engine gives them
 */
record WholeResult(Collection<?> rows) {

    private static final WireCodec CODEC = TransitCodec.msgpack();

    /** Makes one body of them, and gives its length in bytes. */
    Object encode() {
        return CODEC.encode(Map.of(Keys.DATA, PersistentVector.create(rows))).length;
    }

    /** Puts them in the order in which they are answered, and gives their number. */
    Object order() {
        return new QueryRows(rows, row -> row).size();
    }
}
