package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import peerserver.launch.PeerServerProcess;

/**
 * What the real client has begun on one node goes on on another when that one is killed: two nodes of {@code bin/run}, whose
 * databases in memory have the same data.
 */
class LostNodeIT {

    private static final int NUMBERS = 2_000;
    private static final String QUERY = "[:find ?n ?e :in $ [?n ...] :where [?e :it/n ?n]]";
    private static final String LARGE = "{:chunk 100 :limit -1}";

    private static final AccessKey KEY = new AccessKey("clustered", "the secret of nodes that are together");

    private static PeerServerProcess one;
    private static PeerServerProcess other;
    private static SwitchedWay way;

    private static List<Object> begun;
    private static Channel largeIteration;
    private static DbValue dream;
    private static Channel dreamIteration;
    private static List<Object> begunDream;
    private static Object transaction;
    private static Object transacted;

    @BeforeAll
    static void beginEverythingAndLoseTheNode() throws Exception {
        String addresses = Stream.generate(PeerServerProcess::freePort)
                .distinct()
                .limit(2)
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
        CompletableFuture<PeerServerProcess> starting = CompletableFuture.supplyAsync(() -> node(addresses));
        one = node(addresses);
        other = starting.get();
        for (PeerServerProcess node : List.of(one, other)) {
            awaitTwoMembers(node);
            fill(client(node).connect(Target.HELLO));
        }
        way = new SwitchedWay(one.port());
        Connection hello = new RealClient(way.endpoint(), KEY).connect(Target.HELLO);

        largeIteration = hello.db().qAsync(LARGE, QUERY, numbers());
        begun = Clj.list(largeIteration.take());
        dream = hello.withDb()
                .with("%s", dense(1))
                .dbAfter()
                .with("%s", dense(2))
                .dbAfter()
                .with("[{:it/n 5000000 :it/text \"dreamt\"}]")
                .dbAfter();
        dreamIteration = dream.qAsync("{:chunk 50 :limit -1}", "[:find ?t :where [_ :it/text ?t]]");
        begunDream = Clj.list(dreamIteration.take());
        transaction = Clj.merge(
                RawContext.of(client(one).connect(Target.HELLO).db()),
                Clj.mapOf(
                        "op", Clj.keyword("transact"),
                        "tx-id", UUID.randomUUID(),
                        "tx-data", Clj.edn("[{:it/text \"once\"}]")));
        transacted = target(one).requests().send(transaction).success();

        one.kill();
        way.to(other.port());
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open :
                Stream.of(way, one, other).filter(Objects::nonNull).toList()) {
            open.close();
        }
    }

    private static PeerServerProcess node(String addresses) {
        List<String> arguments = new ArrayList<>(PeerServerProcess.keys(List.of(KEY)));
        arguments.addAll(
                List.of("-d", "hello,datomic:mem://hello", "--database-id", "hello,hello-id", "--cluster", addresses));
        return PeerServerProcess.start(arguments);
    }

    private static void awaitTwoMembers(PeerServerProcess node) throws InterruptedException {
        for (int i = 0; i < 300 && members(node) < 2; i++) {
            Thread.sleep(200);
        }
        assertThat(members(node)).isEqualTo(2);
    }

    private static int members(PeerServerProcess node) {
        return target(node)
                .requests()
                .get("/api/cluster")
                .json()
                .asJsonObject()
                .getJsonArray("members")
                .size();
    }

    private static Target target(PeerServerProcess node) {
        return new Target(node.port(), List.of(KEY), TestedEngine.PEER_LIBRARY);
    }

    private static RealClient client(PeerServerProcess node) {
        return new RealClient("localhost:" + node.port(), KEY);
    }

    private static void fill(Connection connection) {
        connection.transact(
                "%s",
                "[{:db/id \"datomic.tx\" :db/txInstant #inst \"2026-01-01\"}"
                        + " {:db/ident :it/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}"
                        + " {:db/ident :it/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]");
        StringBuilder data = new StringBuilder("[{:db/id \"datomic.tx\" :db/txInstant #inst \"2026-01-02\"}");
        numberStream().forEach(n -> data.append(" {:it/n ").append(n).append('}'));
        connection.transact("%s", data.append(']'));
    }

    /** Numbers that do not fit into a token, deflated or not. */
    private static LongStream numberStream() {
        return new Random(6).longs(NUMBERS, 0, 1_000_000_000_000L).distinct();
    }

    private static Object numbers() {
        return Clj.vector(numberStream().boxed().toArray());
    }

    private static String dense(long seed) {
        StringBuilder data = new StringBuilder("[");
        new Random(seed)
                .longs(100)
                .forEach(n -> data.append("{:it/text \"").append(n).append("\"}"));
        return data.append(']').toString();
    }

    @Test
    void aQueryWithALargeRecipe() {
        List<Object> rows = new ArrayList<>(begun);
        rows.addAll(largeIteration.items());

        assertThat(rows)
                .hasSize((int) numberStream().count())
                .isEqualTo(client(other)
                        .connect(Target.HELLO)
                        .db()
                        .qAsync(LARGE, QUERY, numbers())
                        .items());
        assertThat(begun).hasSize(100);
    }

    @Test
    void aSpeculativeValue() {
        assertThat(dream.q("[:find ?t :where [?e :it/n 5000000] [?e :it/text ?t]]"))
                .isEqualTo(Clj.edn("[[\"dreamt\"]]"));
    }

    @Test
    void anIterationOverASpeculativeValue() {
        List<Object> rows = new ArrayList<>(begunDream);
        rows.addAll(dreamIteration.items());

        assertThat(rows).hasSize(201).doesNotHaveDuplicates().contains(Clj.edn("[\"dreamt\"]"));
    }

    @Test
    void aTransactionThatIsSentAgain() {
        Object again = target(other).requests().send(transaction).success();

        for (String entry : List.of("tempids", "db-before", "db-after", "dbs")) {
            assertThat(Clj.get(again, entry)).as(entry).isNotNull().isEqualTo(Clj.get(transacted, entry));
        }
        assertThat(Datom.all(Clj.get(again, "tx-data"))).isEqualTo(Datom.all(Clj.get(transacted, "tx-data")));
    }
}
