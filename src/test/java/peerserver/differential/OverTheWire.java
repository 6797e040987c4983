package peerserver.differential;

import static peerserver.conformance.RealClient.api;
import static peerserver.conformance.RealClient.async;

import clojure.lang.ExceptionInfo;
import clojure.lang.IPersistentMap;
import java.util.Map;
import java.util.Objects;
import peerserver.conformance.Clj;

/** The published client, through the server. */
final class OverTheWire extends ClientApi {

    private final Map<String, Object> others;
    private final Map<String, Long> nextTs;
    private final Landmarks landmarks;

    /**
     * A side.
     *
     * @param connections of the client, by database
     * @param others of another client, which are to know what this one transacts
     * @param nextTs the t that a transaction after the last one has, by database, for both of them
     */
    OverTheWire(
            Map<String, Object> connections,
            Map<String, Object> others,
            Map<String, Long> nextTs,
            Landmarks landmarks) {
        super(connections);
        this.others = others;
        this.nextTs = nextTs;
        this.landmarks = landmarks;
    }

    @Override
    Object rows(String op, Map<?, ?> args) {
        return Objects.requireNonNull(ClientContract.value(Clj.list(api(op).invoke(args))));
    }

    /** The asynchronous API: the synchronous one pulls again what is an id alone, for navigation. */
    @Override
    Object pull(Object db, Map<?, ?> args) {
        Object pulled = Clj.fn("clojure.core.async", "<!!").invoke(async("pull").invoke(db, args));
        if (Clj.get(pulled, "cognitect.anomalies/category") != null) {
            throw new ExceptionInfo((String) Clj.get(pulled, "cognitect.anomalies/message"), (IPersistentMap) pulled);
        }
        return pulled;
    }

    @Override
    long nextT(String database) {
        Long nextT = nextTs.get(database);
        return nextT == null ? nextT(current(database)) : nextT;
    }

    @Override
    void transacted(String database, Object dbAfter) {
        nextTs.put(database, nextT(dbAfter));
        api("sync").invoke(others.get(database), Clj.number(dbAfter, "t"));
    }

    @Override
    Landmarks landmarks() {
        return landmarks;
    }
}
