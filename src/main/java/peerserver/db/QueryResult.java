package peerserver.db;

import clojure.lang.Keyword;
import java.util.Map;

/**
 * What a query yields.
 *
 * @param rows in an order that depends on the query and the data alone; pulls are done as they are read
 * @param metadata {@code :io-stats} and {@code :query-stats} where they were asked for
 */
public record QueryResult(Rows rows, Map<Keyword, Object> metadata) {}
