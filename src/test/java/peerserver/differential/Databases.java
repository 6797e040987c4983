package peerserver.differential;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.IPersistentMap;
import datomic.Connection;
import datomic.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Clj;
import peerserver.conformance.RealClient;
import peerserver.launch.PeerServerProcess;

/**
 * The databases of the suite, each twice: served by the server that {@code bin/run} started, and in this JVM. The same
 * transactions make them, with the same instants, so that they are equal to the last entity id.
 */
final class Databases {

    private static final List<String> NAMES = List.of("main", "second", "empty", "ledger");
    private static final AccessKey CONFINED = new AccessKey("differential", "secret");
    private static final AccessKey TRUSTED = AccessKey.trusted("differential trusted", "secret");

    private static @Nullable Databases shared;

    private final Comparison comparison;

    private Databases(PeerServerProcess server) {
        RealClient client = new RealClient("localhost:" + server.port(), CONFINED);
        RealClient trusted = new RealClient("localhost:" + server.port(), TRUSTED);
        Map<String, Connection> peers = new HashMap<>();
        Map<String, Object> clients = new HashMap<>();
        Map<String, Object> trustedClients = new HashMap<>();
        for (String name : NAMES) {
            String uri = "datomic:mem://" + name + '-' + UUID.randomUUID();
            Peer.createDatabase(uri);
            peers.put(name, Peer.connect(uri));
            clients.put(name, client.connect(name).it());
            trustedClients.put(name, trusted.connect(name).it());
        }
        Map<String, Long> nextTs = new HashMap<>();
        List<Long> ts = new ArrayList<>();
        Landmarks landmarks = new Landmarks(peers.get("main"), ts);
        Side wire = new OverTheWire(landmarks, clients, trustedClients, nextTs);
        Side trustedWire = new OverTheWire(landmarks, trustedClients, clients, nextTs);
        Side inProcess = new InProcess(landmarks, peers);
        for (String name : List.of("main", "second", "ledger")) {
            for (Object txData : Clj.list(CaseReader.read(name + ".edn"))) {
                // The ledger has predicates of entities, for which there is no function that anybody may name.
                fill(name.equals("ledger") ? trustedWire : wire, inProcess, Clj.mapOf("conn", name, "tx-data", txData));
                if (name.equals("main")) {
                    ts.add(peers.get(name).db().basisT());
                }
            }
        }
        comparison = new Comparison(wire, trustedWire, inProcess);
    }

    private static void fill(Side wire, Side inProcess, IPersistentMap transaction) {
        Outcome expected = inProcess.run("transact", transaction);
        assertThat(expected).isInstanceOf(Outcome.Answered.class);
        assertThat(wire.run("transact", transaction)).isEqualTo(expected);
    }

    /**
     * The comparison that all tests of the run share. The server ends with the JVM, for no test engine knows when another
     * one is done.
     */
    static synchronized Comparison comparison() {
        if (shared == null) {
            List<String> args = new ArrayList<>(PeerServerProcess.keys(List.of(CONFINED, TRUSTED)));
            NAMES.forEach(name -> args.addAll(List.of("-d", name + ",datomic:mem://" + name)));
            PeerServerProcess server = PeerServerProcess.start(args);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            shared = new Databases(server);
        }
        return shared.comparison;
    }
}
