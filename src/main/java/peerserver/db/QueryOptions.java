package peerserver.db;

import clojure.lang.Keyword;
import org.jspecify.annotations.Nullable;

/**
 * How a query is to be run.
 *
 * @param timeoutMs after how many milliseconds the engine gives up
 * @param ioContext a qualified keyword under which reads are counted, or null
 * @param queryStats whether to report how the query went
 */
public record QueryOptions(long timeoutMs, @Nullable Keyword ioContext, boolean queryStats) {}
