package peerserver.conformance;

import clojure.lang.RT;
import java.util.List;

/** What {@code transact} and {@code with} answer. */
public record TxReport(Object it) {

    DbValue dbBefore() {
        return new DbValue(Clj.get(it, "db-before"));
    }

    public DbValue dbAfter() {
        return new DbValue(Clj.get(it, "db-after"));
    }

    List<Datom> txData() {
        return Datom.all(Clj.get(it, "tx-data"));
    }

    /** The entity that a string tempid came to name. */
    long tempid(String name) {
        Object id = RT.get(Clj.get(it, "tempids"), name);
        if (id == null) {
            throw new AssertionError("no tempid " + name + " in " + it);
        }
        return (long) id;
    }

    /** The transaction's own entity. */
    long tx() {
        return (long) txData().get(0).tx();
    }

    public long t() {
        return dbAfter().t();
    }
}
