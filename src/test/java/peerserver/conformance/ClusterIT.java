package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import peerserver.conformance.SignedRequests.Answer;
import peerserver.launch.PeerServerProcess;
import peerserver.launch.Signal;
import peerserver.launch.Sockets;

/**
 * Two nodes that {@code bin/run --cluster} starts at the same moment: they find each other, listen nowhere else, and leave
 * without breaking off what they have begun. Those that end a node come last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

    private static final String SECRET = "leakcheck-cluster-secret";
    private static final AccessKey OPERATOR = AccessKey.trusted("operator", "operators-secret");
    private static final AccessKey READER = new AccessKey("reader", "readers-secret");
    private static final String READERS_ENTRY = """
            {"key": "reader", "secrets": [{"secret": "readers-secret"}],
             "grants": [{"databases": ["hello"], "allow": ["read", "admin"]}]}""";

    private static final Object LIST = Clj.edn("{:op :datomic.catalog/list-dbs}");

    /** Long enough for the first node to be asked this and that meanwhile, on a machine that is busy. */
    private static final int FIRST_GRACE_MS = 10_000;

    private static final int SECOND_GRACE_MS = 2_000;

    private static List<Integer> gridPorts;
    private static PeerServerProcess first;
    private static PeerServerProcess second;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        gridPorts = List.of(PeerServerProcess.freePort(), PeerServerProcess.freePort());
        Path secret = Files.writeString(directory.resolve("secret"), SECRET);
        Path keys =
                Files.writeString(directory.resolve("keys.json"), '[' + OPERATOR.json() + ',' + READERS_ENTRY + ']');
        List<String> arguments = List.of(
                "--keys", keys.toString(),
                "-d", "hello,datomic:mem://hello",
                "-d", "other,datomic:mem://other",
                "--cluster", addresses().collect(Collectors.joining(",")),
                "--cluster-secret-file", secret.toString());
        CompletableFuture<PeerServerProcess> starting =
                CompletableFuture.supplyAsync(() -> PeerServerProcess.start(environment(SECOND_GRACE_MS), arguments));
        first = PeerServerProcess.start(environment(FIRST_GRACE_MS), arguments);
        second = starting.get();
    }

    private static Map<String, String> environment(int graceMs) {
        return Map.of(
                "JAVA_OPTS",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpeerserver.drain.grace-ms=" + graceMs,
                "PEERSERVER_CLUSTER_SECRET",
                "leakcheck-and-not-used");
    }

    @AfterAll
    static void stop() {
        Stream.of(first, second).filter(server -> server != null).forEach(PeerServerProcess::stop);
    }

    private static Stream<String> addresses() {
        return gridPorts.stream().map(port -> "127.0.0.1:" + port);
    }

    private static Target target(PeerServerProcess server) {
        return new Target(server.port(), List.of(OPERATOR, READER), TestedEngine.PEER_LIBRARY);
    }

    private static SignedRequests operator(PeerServerProcess server) {
        return target(server).requests();
    }

    private static SignedRequests reader(PeerServerProcess server) {
        return new SignedRequests(target(server), READER);
    }

    private static int ready(PeerServerProcess server) {
        return SignedRequests.get(target(server), "/health/ready").status();
    }

    @Test
    @Order(1)
    void nodesFindEachOther() throws Exception {
        for (PeerServerProcess server : List.of(first, second)) {
            await(() -> members(server).size() == 2);

            JsonObject cluster = reader(server).get("/api/cluster").json().asJsonObject();

            assertThat(members(server))
                    .extracting(member -> member.getString("address"))
                    .containsExactlyInAnyOrderElementsOf(addresses().toList());
            assertThat(members(server))
                    .filteredOn(member -> member.getBoolean("self"))
                    .extracting(member -> member.getString("address"))
                    .containsExactly(cluster.getJsonObject("node").getString("address"));
            assertThat(server.output()).contains("in a cluster of [");
        }
        assertThat(nodeId(first)).isNotEqualTo(nodeId(second));
    }

    @Test
    @Order(2)
    void strangersAreToldHowManyNodesThereAreAndNotWhere() {
        String health = SignedRequests.get(target(first), "/health").text();

        assertThat(health).contains("\"members\":2").doesNotContain("127.0.0.1");
    }

    @Test
    @Order(2)
    void eachListensOnItsTwoPortsOnly() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        for (PeerServerProcess server : List.of(first, second)) {
            int grid = gridPorts.get(self(server).endsWith(":" + gridPorts.get(0)) ? 0 : 1);

            assertThat(Sockets.waitingOf(server.pid()))
                    .containsExactlyInAnyOrder(
                            new InetSocketAddress(loopback, server.port()), new InetSocketAddress(loopback, grid));
        }
    }

    @Test
    @Order(2)
    void theSecretIsNowhereToBeSeen() throws IOException {
        for (PeerServerProcess server : List.of(first, second)) {
            for (String file : List.of("cmdline", "environ")) {
                Path path = Path.of("/proc/" + server.pid() + '/' + file);
                assertThat(Files.readString(path, StandardCharsets.ISO_8859_1)).doesNotContain("leakcheck");
            }
            assertThat(server.output()).doesNotContain("leakcheck").doesNotContainPattern("peer-server-[0-9a-f]{64}");
        }
    }

    @Test
    @Order(2)
    void onlyWhoMayAdministerAllDatabasesMayHaveANodeLeave() {
        for (String method : List.of("POST", "GET", "DELETE")) {
            assertThat(reader(first).call(method, "/api/drain").status()).isEqualTo(403);
        }
        assertThat(ready(first)).isEqualTo(200);
        assertThat(first.output()).contains("key=reader address=127.0.0.1 operation=drain outcome=forbidden");
    }

    @Test
    @Order(3)
    void aNodeThatIsAskedToLeaveIsNotReadyAndServesEverybodyUntilItIsUndone() {
        assertThat(reader(first).send(LIST).header("connection")).isEmpty();

        JsonObject begun = operator(first).call("POST", "/api/drain").json().asJsonObject();
        assertThat(begun.getBoolean("draining")).isTrue();
        assertThat(begun.getBoolean("accepting")).isTrue();
        assertThat(begun.getString("afterwards")).isEqualTo("ends by itself");
        assertThat(operator(first)
                        .call("POST", "/api/drain")
                        .json()
                        .asJsonObject()
                        .getString("since"))
                .isEqualTo(begun.getString("since"));

        assertThat(ready(first)).isEqualTo(503);
        Answer health = SignedRequests.get(target(first), "/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.text()).contains("\"draining\":true");
        assertThat(SignedRequests.get(target(first), "/health/live").status()).isEqualTo(200);
        Answer served = reader(first).send(LIST);
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.header("connection")).isEqualToIgnoringCase("close");

        assertThat(operator(first)
                        .call("DELETE", "/api/drain")
                        .json()
                        .asJsonObject()
                        .getBoolean("draining"))
                .isFalse();
        assertThat(ready(first)).isEqualTo(200);
        assertThat(reader(first).send(LIST).header("connection")).isEmpty();
    }

    @Test
    @Order(4)
    void aMemberThatIsFrozenHoldsUpNoTransactionAndIsAMemberAgain() throws Exception {
        Connection connection = new RealClient("localhost:" + first.port(), OPERATOR).connect("hello");
        Signal.STOP.to(second.pid());
        try {
            for (int i = 0; i < 12; i++) {
                connection.transact("[{:db/doc \"made while the other is frozen\"}]");
            }
        } finally {
            Signal.CONT.to(second.pid());
        }

        assertThat(connection.db().q("[:find ?e :where [?e :db/doc \"made while the other is frozen\"]]"))
                .hasSize(12);
        for (PeerServerProcess server : List.of(first, second)) {
            await(() -> members(server).size() == 2);
        }
        new RealClient("localhost:" + second.port(), OPERATOR).connect("hello").transact("[{:db/doc \"and there\"}]");
    }

    @Test
    @Order(5)
    void aNodeThatIsAskedToLeaveFinishesWhatItHasBegunAndEnds() throws Exception {
        leavesInOrder(second, SECOND_GRACE_MS, () -> operator(second).call("POST", "/api/drain"));

        assertThat(second.awaitExit()).isZero();
        assertThat(second.output())
                .contains("operation=drain outcome=ok", "Drained: ", " 0 have not come to their end");
        await(() -> members(first).size() == 1);
    }

    @Test
    @Order(6)
    void soDoesANodeWhoseProcessIsAskedToEnd() throws Exception {
        leavesInOrder(first, FIRST_GRACE_MS, () -> ProcessHandle.of(first.pid())
                .orElseThrow()
                .destroy());

        assertThat(first.awaitExit()).isEqualTo(143);
        assertThat(first.output()).contains(" 0 have not come to their end");
    }

    /** Sends requests all the time, and a slow one that begins within the grace time and ends after it. */
    private static void leavesInOrder(PeerServerProcess server, int graceMs, Runnable end) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        AtomicBoolean ending = new AtomicBoolean();
        try {
            String id = (String) Clj.get(
                    reader(server)
                            .send(Clj.edn("{:op :datomic.catalog/resolve-db :db-name \"hello\"}"))
                            .success(),
                    "database-id");
            List<CompletableFuture<Integer>> crowd = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> servedUntilRefused(server, ending), clients))
                    .limit(4)
                    .toList();
            Thread.sleep(300);
            ending.set(true);
            long begun = System.nanoTime();
            end.run();
            await(() -> ready(server) == 503);

            CompletableFuture<Answer> slow = operator(server).postAsync(slow(server, id, graceMs + 1_500));

            assertThat(slow.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(graceMs));
            for (CompletableFuture<Integer> client : crowd) {
                assertThat(client.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static SignedRequests.Signed slow(PeerServerProcess server, String databaseId, int ms) {
        Object query = Clj.edn("{:op :q :query [:find ?x :in $ :where [(ground 1) ?x] [(java.lang.Thread/sleep " + ms
                + ")]] :args [{:database-id \"" + databaseId + "\"}]}");
        return operator(server).sign(Format.MSGPACK.mediaType(), Format.MSGPACK.encode(query));
    }

    /** Asks until the server takes nothing more on, which it may only when it is ending, and gives how often it served. */
    private static int servedUntilRefused(PeerServerProcess server, AtomicBoolean ending) {
        int served = 0;
        while (true) {
            Answer answer = reader(server).send(LIST);
            if (answer.status() == 429) {
                assertThat(ending).isTrue();
                assertThat(answer.text()).contains("about to end");
                return served;
            }
            assertThat(answer.status()).isEqualTo(200);
            served++;
        }
    }

    private static List<JsonObject> members(PeerServerProcess server) {
        return reader(server)
                .get("/api/cluster")
                .json()
                .asJsonObject()
                .getJsonArray("members")
                .getValuesAs(JsonValue::asJsonObject);
    }

    private static String self(PeerServerProcess server) {
        return reader(server)
                .get("/api/cluster")
                .json()
                .asJsonObject()
                .getJsonObject("node")
                .getString("address");
    }

    private static String nodeId(PeerServerProcess server) {
        return reader(server)
                .get("/api/cluster")
                .json()
                .asJsonObject()
                .getJsonObject("node")
                .getString("id");
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
