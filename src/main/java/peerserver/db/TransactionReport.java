package peerserver.db;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import peerserver.wire.Datom;

/**
 * What a transaction, real or speculative, did.
 *
 * @param dbBefore the value it was applied to
 * @param dbAfter the value it made
 * @param txData the datoms it added and retracted
 * @param tempids from every tempid that the engine reports to its entity id
 * @param extra further entries that the engine reports, {@code :io-stats} for example
 */
public record TransactionReport(
        DbValue dbBefore, DbValue dbAfter, List<Datom> txData, Map<?, ?> tempids, Map<Keyword, Object> extra) {

    /** The entry of {@link #extra} with statistics of what was read. */
    public static final Keyword IO_STATS = Keyword.intern("io-stats");
}
