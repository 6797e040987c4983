package peerserver.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import peerserver.launch.PeerServerProcess;

/**
 * A server of its own with numbers in its database, to be asked for too much.
 *
 * @param process the server
 * @param target what to ask it by
 * @param db a value of its database
 */
record Overloaded(PeerServerProcess process, Target target, DbValue db) implements AutoCloseable {

    static final AccessKey GREEDY = new AccessKey("greedy", "s");
    static final AccessKey MODEST = new AccessKey("modest", "s");
    static final AccessKey THIRD = new AccessKey("third", "s");
    static final AccessKey FOURTH = new AccessKey("fourth", "s");

    private static final List<AccessKey> KEYS = List.of(GREEDY, MODEST, THIRD, FOURTH);

    private static final String SMALL = "[:find (count ?e) :where [?e :load/n]]";
    private static final String ROWS = "[:find ?e ?n :where [?e :load/n ?n]]";
    private static final String LARGE = "[:find ?a ?x ?b ?y :where [?a :load/n ?x] [?b :load/n ?y]]";
    private static final String ENDLESS = "[:find ?a ?b ?c :where [?a :load/n] [?b :load/n] [?c :load/n]]";

    private static final int DOUBLINGS = 60;

    /** One call that compares more than anybody can wait for, and takes no memory. */
    private static final String UNENDABLE = "[:find ?e :where [?e :load/n 0] [(vector 1) ?a0] [(vector 1) ?b0] "
            + IntStream.range(0, DOUBLINGS)
                    .mapToObj(
                            i -> "[(vector ?a%1$d ?a%1$d) ?a%2$d] [(vector ?b%1$d ?b%1$d) ?b%2$d]".formatted(i, i + 1))
                    .collect(Collectors.joining(" "))
            + " [(= ?a%1$d ?b%1$d)]]".formatted(DOUBLINGS);

    /** Starts it. */
    static Overloaded start(String javaOptions, int numbers) {
        PeerServerProcess process = PeerServerProcess.start(
                Map.of("JAVA_OPTS", javaOptions),
                List.of(
                        "-a",
                        "greedy,s",
                        "-a",
                        "modest,s",
                        "-a",
                        "third,s",
                        "-a",
                        "fourth,s",
                        "-d",
                        "load,datomic:mem://load"));
        Target target = new Target(process.port(), KEYS, TestedEngine.PEER_LIBRARY);
        Connection connection = target.client().connect("load");
        connection.transact("[{:db/ident :load/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
        connection.transactData(Bulk.numbers("load/n", 0, numbers));
        return new Overloaded(process, target, connection.db());
    }

    /** A query that takes some milliseconds. */
    byte[] small(AccessKey key) {
        return query(key, SMALL, 60_000);
    }

    /** A query for the first thousand of all numbers, put in order. */
    byte[] rows(AccessKey key) {
        return query(key, ROWS, 60_000);
    }

    /** A query that would take hours, and find more than any memory holds. */
    byte[] endless(AccessKey key, long timeoutMs) {
        return query(key, ENDLESS, timeoutMs);
    }

    /** A query that would take years, and that no engine ends at its deadline. */
    byte[] unendable(AccessKey key, long timeoutMs) {
        return query(key, UNENDABLE, timeoutMs);
    }

    /** A query that finds the square of the number of numbers, soon. */
    byte[] large(AccessKey key) {
        return query(key, LARGE, 60_000);
    }

    private byte[] query(AccessKey key, String query, long timeoutMs) {
        Object request = Clj.merge(
                RawContext.of(db),
                Clj.mapOf(
                        "op", Clj.keyword("q"),
                        "query", Clj.edn(query),
                        "args", Clj.vector(RawContext.of(db)),
                        "timeout", timeoutMs));
        Format format = Format.MSGPACK;
        return KeptConnection.bytes(new SignedRequests(target, key).sign(format.mediaType(), format.encode(request)));
    }

    /** The status of {@code GET /health}. */
    int health() {
        return SignedRequests.get(target, "/health").status();
    }

    WatchedJvm jvm() {
        return new WatchedJvm(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
