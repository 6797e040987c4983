package peerserver.db;

import clojure.lang.Keyword;
import org.jspecify.annotations.Nullable;

/**
 * How a query is to be run.
 *
 * @param caller who asks; whoever cannot be stopped is counted by it
 * @param timeoutMs after how many milliseconds the engine gives up
 * @param ioContext a qualified keyword under which reads are counted, or null
 * @param queryStats whether to report how the query went
 */
public record QueryOptions(
        String caller, long timeoutMs, @Nullable Keyword ioContext, boolean queryStats) {}
