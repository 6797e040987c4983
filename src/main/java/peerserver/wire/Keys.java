package peerserver.wire;

import clojure.lang.Keyword;

/** The client protocol's keywords. */
public final class Keys {

    public static final Keyword OP = key("op");
    public static final Keyword DB_NAME = key("db-name");
    public static final Keyword DATABASE_ID = key("database-id");
    public static final Keyword T = key("t");
    public static final Keyword NEXT_T = key("next-t");
    public static final Keyword AS_OF = key("as-of");
    public static final Keyword SINCE = key("since");
    public static final Keyword HISTORY = key("history");
    public static final Keyword NEXT_TOKEN = key("next-token");
    public static final Keyword NEXT_OFFSET = key("next-offset");
    public static final Keyword CHUNK = key("chunk");
    public static final Keyword OFFSET = key("offset");
    public static final Keyword LIMIT = key("limit");
    public static final Keyword TIMEOUT = key("timeout");
    public static final Keyword DBS = key("dbs");
    public static final Keyword DATA = key("data");
    public static final Keyword RESULT = key("result");
    public static final Keyword COUNT = key("count");
    public static final Keyword METADATA = key("metadata");
    public static final Keyword TX_DATA = key("tx-data");
    public static final Keyword TX_ID = key("tx-id");
    public static final Keyword TEMPIDS = key("tempids");
    public static final Keyword DB_BEFORE = key("db-before");
    public static final Keyword DB_AFTER = key("db-after");
    public static final Keyword QUERY = key("query");
    public static final Keyword ARGS = key("args");
    public static final Keyword SELECTOR = key("selector");
    public static final Keyword EID = key("eid");
    public static final Keyword INDEX = key("index");
    public static final Keyword E = key("e");
    public static final Keyword A = key("a");
    public static final Keyword V = key("v");
    public static final Keyword COMPONENTS = key("components");
    public static final Keyword START = key("start");
    public static final Keyword END = key("end");
    public static final Keyword ATTRID = key("attrid");
    public static final Keyword REVERSE = key("reverse");
    public static final Keyword IO_CONTEXT = key("io-context");
    public static final Keyword IO_STATS = key("io-stats");
    public static final Keyword QUERY_STATS = key("query-stats");
    public static final Keyword ACTION = key("action");

    private Keys() {}

    private static Keyword key(String name) {
        return Keyword.intern(null, name);
    }
}
