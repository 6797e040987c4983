package peerserver.differential;

import static peerserver.conformance.RealClient.api;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** Datomic Local in this JVM, called as the Client API documents it. */
final class LocalEngine extends ClientApi {

    private static final Keyword OFFSET = Clj.keyword("offset");
    private static final Keyword LIMIT = Clj.keyword("limit");

    private final Landmarks landmarks;

    /** @param ts of the transactions of the main database */
    LocalEngine(Map<String, Object> connections, List<Long> ts) {
        super(connections);
        this.landmarks = new Landmarks(this, ts);
    }

    /** With the limit of the wire: in its own process, Local reads an index to its end. */
    @Override
    @Nullable Object answer(String op, Map<?, ?> args) {
        return super.answer(
                op,
                op.equals("index-pull")
                        ? (Map<?, ?>) Clj.merge(Clj.mapOf("limit", ClientContract.DEFAULT_LIMIT), args)
                        : args);
    }

    /** A point beyond the log: over the wire it is {@code incorrect}, for clients repeat what is {@code unavailable}. */
    @Override
    Outcome.Failed failure(Throwable thrown) {
        Outcome.Failed failed = super.failure(thrown);
        return failed.category().equals("unavailable")
                ? new Outcome.Failed("incorrect", failed.dbError(), failed.message(), failed.data())
                : failed;
    }

    /** Of all that there is, for Local has an order of its own. */
    @Override
    Object rows(String op, Map<?, ?> args) {
        Object all = Clj.fn("clojure.core", "dissoc").invoke(args, OFFSET, LIMIT);
        return ClientContract.rows(args, Clj.list(api(op).invoke(all)));
    }

    @Override
    @Nullable Object pull(Object db, Map<?, ?> args) {
        return api("pull").invoke(db, args);
    }

    @Override
    long nextT(String database) {
        return nextT(current(database));
    }

    @Override
    void transacted(String database, Object dbAfter) {
        // Whoever asks Local for a db value in its own process gets the newest.
    }

    @Override
    Landmarks landmarks() {
        return landmarks;
    }
}
