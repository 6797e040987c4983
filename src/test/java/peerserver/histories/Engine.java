package peerserver.histories;

import clojure.lang.IExceptionInfo;
import clojure.lang.IFn;
import clojure.lang.RT;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;
import peerserver.conformance.RealClient;

/** A database to transact with, over the wire or in this process. */
interface Engine {

    /** Transacts, and gives the engine's own name for why it was refused, if it was. */
    @Nullable Object refusal(Object txData);

    /** All rows of a query of the newest database value. */
    List<List<Object>> q(String query, Object... inputs);

    /** Through a client, which is either the one that is published for servers, or Datomic Local's own. */
    static Engine of(Client client) {
        return new Engine() {
            @Override
            public @Nullable Object refusal(Object txData) {
                Answer answer = client.transact(txData, UUID.randomUUID());
                if (answer.outcome() == Outcome.UNKNOWN) {
                    throw new IllegalStateException("no answer");
                }
                return answer.error();
            }

            @Override
            public List<List<Object>> q(String query, Object... inputs) {
                return Client.q(query, client.newest(), inputs);
            }
        };
    }

    /** Datomic Local in this process, in memory. */
    static Engine localInProcess() {
        Object local = RealClient.api("client")
                .invoke(Clj.mapOf(
                        "server-type",
                        Clj.keyword("datomic-local"),
                        "storage-dir",
                        Clj.keyword("mem"),
                        "system",
                        "histories-" + UUID.randomUUID()));
        RealClient.api("create-database").invoke(local, Clj.mapOf("db-name", "histories"));
        return of(new Client(-1, RealClient.api("connect").invoke(local, Clj.mapOf("db-name", "histories"))));
    }

    /** The peer library in this process, in memory. */
    static Engine peerInProcess() {
        String uri = "datomic:mem://histories-" + UUID.randomUUID();
        peer("create-database").invoke(uri);
        Object connection = peer("connect").invoke(uri);
        return new Engine() {
            @Override
            public @Nullable Object refusal(Object txData) {
                try {
                    ((Future<?>) peer("transact").invoke(connection, txData)).get();
                    return null;
                } catch (ExecutionException e) {
                    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                        if (cause instanceof IExceptionInfo info && Clj.get(info.getData(), "db/error") != null) {
                            return Clj.get(info.getData(), "db/error");
                        }
                    }
                    throw new IllegalStateException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public List<List<Object>> q(String query, Object... inputs) {
                Object db = peer("db").invoke(connection);
                Object rows = peer("q").applyTo(RT.listStar(Clj.edn(query), db, RT.seq(inputs)));
                return Clj.list(rows).stream().map(Clj::list).toList();
            }
        };
    }

    private static IFn peer(String name) {
        return Clj.fn("datomic.api", name);
    }
}
