package peerserver.conformance;

import clojure.lang.IFn;
import java.util.List;

/** The published client, unchanged: a thin face over {@code datomic.client.api} and {@code datomic.client.api.async}. */
public final class RealClient {

    private final Object sync;
    private final Object async;

    public RealClient(String endpoint, AccessKey accessKey) {
        this(endpoint, accessKey, Clj.mapOf());
    }

    /** The same where a certificate, in PEM, is trusted that no authority has signed. */
    public RealClient(String endpoint, AccessKey accessKey, String trusted) {
        this(endpoint, accessKey, Clj.mapOf("trust-certs", List.of(trusted)));
    }

    private RealClient(String endpoint, AccessKey accessKey, Object more) {
        Object config = Clj.merge(
                more,
                Clj.mapOf(
                        "server-type", Clj.keyword("peer-server"),
                        "access-key", accessKey.key(),
                        "secret", accessKey.secret(),
                        "endpoint", endpoint,
                        "validate-hostnames", false));
        sync = api("client").invoke(config);
        async = async("client").invoke(config);
    }

    /** A function of the synchronous API. */
    public static IFn api(String name) {
        return Clj.fn("datomic.client.api", name);
    }

    /** A function of the asynchronous API. */
    public static IFn async(String name) {
        return Clj.fn("datomic.client.api.async", name);
    }

    List<Object> listDatabases() {
        return Clj.list(api("list-databases").invoke(sync, Clj.map("{}")));
    }

    Channel listDatabasesAsync() {
        return new Channel(async("list-databases").invoke(async, Clj.map("{}")));
    }

    public Connection connect(String database) {
        return new Connection(api("connect").invoke(sync, Clj.mapOf("db-name", database)));
    }

    Channel connectAsync(String database) {
        return new Channel(async("connect").invoke(async, Clj.mapOf("db-name", database)));
    }
}
