package peerserver.differential;

import clojure.lang.RT;
import datomic.Connection;
import datomic.Database;
import datomic.Peer;
import java.util.List;
import peerserver.conformance.Clj;

/** Where things are in the main database: the same ids on both sides. */
final class Landmarks {

    private final Connection main;
    private final List<Long> ts;

    /** @param ts the t of each transaction */
    Landmarks(Connection main, List<Long> ts) {
        this.main = main;
        this.ts = ts;
    }

    long entity(Object identifier) {
        Database db = main.db();
        Object id = db.entid(identifier);
        if (id == null) {
            throw new BrokenCaseException("no entity " + RT.printString(identifier));
        }
        return (long) id;
    }

    long holder(Object attribute, Object value) {
        for (datomic.Datom datom : main.db().datoms(Database.AEVT, attribute)) {
            if (datom.v().equals(value)) {
                return (long) datom.e();
            }
        }
        throw new BrokenCaseException("no entity has " + attribute + ' ' + value);
    }

    long t(long transaction) {
        return ts.get((int) transaction - 1);
    }

    long tx(long transaction) {
        return (long) Peer.toTx(t(transaction));
    }

    Object instant(long transaction) {
        return main.db().entity(tx(transaction)).get(Clj.keyword("db/txInstant"));
    }
}
