package peerserver.conformance;

/** What a raw request says about the database value that it means. */
final class RawContext {

    private RawContext() {}

    /** The entries that the client sends for a database value. */
    static Object of(DbValue db) {
        return Clj.mapOf(
                "db-name", Clj.get(db.it(), "db-name"),
                "database-id", Clj.get(db.it(), "database-id"),
                "t", db.t(),
                "next-t", Clj.get(db.it(), "next-t"));
    }
}
