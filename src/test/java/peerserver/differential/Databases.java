package peerserver.differential;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.IPersistentMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Clj;
import peerserver.conformance.RealClient;
import peerserver.launch.PeerServerProcess;

/**
 * The databases of the suite, each twice: served by the server that {@code bin/run} started, and in this JVM. The same
 * transactions make them, with the same instants, so that they are equal to the last entity id.
 */
abstract class Databases {

    static final List<String> NAMES = List.of("main", "second", "empty", "ledger");

    private static final AccessKey CONFINED = new AccessKey("differential", "secret");
    private static final AccessKey TRUSTED = AccessKey.trusted("differential trusted", "secret");

    private static @Nullable Comparison peerLibrary;
    private static @Nullable Comparison local;

    /** The comparison with the peer library that all tests of the run share. */
    static synchronized Comparison peerLibrary() {
        if (peerLibrary == null) {
            peerLibrary = comparison(new PeerDatabases());
        }
        return peerLibrary;
    }

    /** The comparison with Datomic Local that all tests of the run share. */
    static synchronized Comparison local() {
        if (local == null) {
            local = comparison(new LocalDatabases());
        }
        return local;
    }

    /**
     * The engine in this JVM.
     *
     * @param ts of the transactions of the main database, of which there will be more
     */
    abstract Side inProcess(List<Long> ts);

    /** Of a transaction of the suite, what the engine can take. */
    Object fitting(Object txData) {
        return txData;
    }

    /** The URIs of the databases as the server opens them, by name, when those in this JVM are filled. */
    abstract Map<String, String> served();

    /** Makes what is served the same as what is in this JVM. */
    abstract void fillServed(Side wire, Side trusted, List<Filling> fillings);

    /** What there is to an outcome when the same transaction is done twice. */
    Outcome lasting(Outcome outcome) {
        return outcome;
    }

    /** A transaction that made a database what it is, and what came of it. */
    record Filling(String database, IPersistentMap transaction, Outcome outcome) {}

    private static Comparison comparison(Databases databases) {
        List<Long> ts = new ArrayList<>();
        Side inProcess = databases.inProcess(ts);
        List<Filling> fillings = databases.fill(inProcess, ts);
        // The server ends with the JVM, for no test engine knows when another one is done.
        PeerServerProcess server = PeerServerProcess.start(databases.arguments());
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        String endpoint = "localhost:" + server.port();
        Map<String, Object> confined = connections(new RealClient(endpoint, CONFINED));
        Map<String, Object> trusted = connections(new RealClient(endpoint, TRUSTED));
        Map<String, Long> nextTs = new HashMap<>();
        Side wire = new OverTheWire(confined, trusted, nextTs, inProcess.landmarks());
        Side trustedWire = new OverTheWire(trusted, confined, nextTs, inProcess.landmarks());
        databases.fillServed(wire, trustedWire, fillings);
        return new Comparison(wire, trustedWire, inProcess, databases::lasting);
    }

    private List<Filling> fill(Side inProcess, List<Long> ts) {
        List<Filling> fillings = new ArrayList<>();
        for (String name : List.of("main", "second", "ledger")) {
            for (Object txData : Clj.list(CaseReader.read(name + ".edn"))) {
                IPersistentMap transaction = Clj.mapOf("conn", name, "tx-data", fitting(txData));
                Outcome outcome = inProcess.run("transact", transaction);
                fillings.add(new Filling(name, transaction, outcome));
                if (name.equals("main")) {
                    ts.add(t(outcome));
                }
            }
        }
        return fillings;
    }

    private static long t(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return (long) ((Map<?, ?>) ((Outcome.Answered) outcome).value()).get("after");
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(PeerServerProcess.keys(List.of(CONFINED, TRUSTED)));
        served().forEach((name, uri) -> arguments.addAll(List.of("-d", name + ',' + uri)));
        return arguments;
    }

    private static Map<String, Object> connections(RealClient client) {
        return NAMES.stream().collect(Collectors.toMap(name -> name, name -> client.connect(name)
                .it()));
    }
}
