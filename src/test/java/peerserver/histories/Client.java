package peerserver.histories;

import clojure.lang.ExceptionInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Clj;
import peerserver.conformance.RealClient;

/**
 * A connection of the real client, as processes use it.
 *
 * @param number tells it from others
 */
record Client(int number, Object connection) {

    /** Connects, however often it takes. */
    static Client connect(int number, int port, AccessKey key, String database) {
        RealClient client = new RealClient("localhost:" + port, key);
        Optional<Object> connection = Optional.empty();
        while (connection.isEmpty()) {
            connection = attempt(() -> client.connect(database).it());
        }
        return new Client(number, connection.get());
    }

    /** What a reading finds, if an answer comes. */
    static <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ExceptionInfo e) {
            if (Clj.get(e.getData(), "db/error") != null) {
                throw e;
            }
            return Optional.empty();
        }
    }

    Object newest() {
        return RealClient.api("db").invoke(connection);
    }

    /** The database once it has come to a t. */
    Object sync(long t) {
        return RealClient.api("sync").invoke(connection, t);
    }

    Answer transact(Object txData, UUID txId) {
        return Answer.of(
                () -> RealClient.api("transact").invoke(connection, Clj.mapOf("tx-data", txData, "tx-id", txId)));
    }

    Answer transact(String txData) {
        return Answer.of(() -> RealClient.api("transact").invoke(connection, Clj.mapOf("tx-data", Clj.edn(txData))));
    }

    /** The transactions from a t on. */
    List<Object> log(long start) {
        return Clj.list(RealClient.api("tx-range").invoke(connection, Clj.mapOf("start", start, "limit", -1L)));
    }

    /** All rows of a query. */
    static List<List<Object>> q(String query, Object db, Object... inputs) {
        Object[] args = new Object[inputs.length + 1];
        args[0] = db;
        System.arraycopy(inputs, 0, args, 1, inputs.length);
        Object rows =
                RealClient.api("q").invoke(Clj.mapOf("query", Clj.edn(query), "args", Clj.vector(args), "limit", -1L));
        return Clj.list(rows).stream().map(Clj::list).toList();
    }
}
