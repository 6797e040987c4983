package peerserver.differential;

import clojure.lang.RT;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** Where things are in the main database, as the engine in this JVM says: the same ids on both sides. */
final class Landmarks {

    private final Side inProcess;
    private final List<Long> ts;

    /** @param ts the t of each transaction */
    Landmarks(Side inProcess, List<Long> ts) {
        this.inProcess = inProcess;
        this.ts = ts;
    }

    long entity(Object identifier) {
        Object id = Clj.get(answer("pull", "selector", Clj.edn("[:db/id :db/ident]"), "eid", identifier), "db/id");
        if (id == null) {
            throw new BrokenCaseException("no entity " + RT.printString(identifier));
        }
        return (long) id;
    }

    long holder(Object attribute, Object value) {
        return (long) datoms("aevt", attribute)
                .filter(datom -> datom.get(2).equals(value))
                .findFirst()
                .orElseThrow(() -> new BrokenCaseException("no entity has " + attribute + ' ' + value))
                .get(0);
    }

    long t(long transaction) {
        return ts.get((int) transaction - 1);
    }

    long tx(long transaction) {
        return (long) datomic.Peer.toTx(t(transaction));
    }

    Object instant(long transaction) {
        return datoms("eavt", tx(transaction), Clj.keyword("db/txInstant"))
                .findFirst()
                .orElseThrow()
                .get(2);
    }

    private Stream<List<Object>> datoms(String index, Object... components) {
        return Clj.list(answer("datoms", "index", Clj.keyword(index), "components", RT.vector(components), "limit", -1))
                .stream()
                .map(Clj::list);
    }

    private @Nullable Object answer(String op, Object... args) {
        Map<?, ?> asked = (Map<?, ?>) Clj.merge(Clj.mapOf(args), Clj.mapOf("db", inProcess.current("main")));
        try {
            return inProcess.answer(op, asked);
        } catch (Throwable e) {
            throw new BrokenCaseException(op + ' ' + asked + ": " + e);
        }
    }
}
