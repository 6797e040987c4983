package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.PeerServerProcess;

/**
 * What the real client has begun on one node goes on on another when that one is killed: two Payara Micro with the WAR, whose
 * databases in memory have the same data.
 */
class LostNodeIT {

    private static final int NUMBERS = 2_000;
    private static final String QUERY = "[:find ?n ?e :in $ [?n ...] :where [?e :it/n ?n]]";
    private static final String LARGE = "{:chunk 100 :limit -1}";

    @TempDir
    private static Path directory;

    private static ClusteredNode one;
    private static ClusteredNode other;
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
        List<Integer> ports =
                Stream.generate(PeerServerProcess::freePort).distinct().limit(6).toList();
        one = ClusteredNode.start(
                directory.resolve("one"), ports.get(0), ports.get(4), List.of(ports.get(1), ports.get(2)));
        other = ClusteredNode.start(
                directory.resolve("other"), ports.get(3), ports.get(5), List.of(ports.get(2), ports.get(1)));
        for (ClusteredNode node : List.of(one, other)) {
            node.await("ready in");
            node.await("DG Size: 2");
            fill(node.client().connect(Target.HELLO));
        }
        way = new SwitchedWay(one.port());
        Connection hello = new RealClient(way.endpoint(), ClusteredNode.KEY).connect(Target.HELLO);

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
                RawContext.of(one.client().connect(Target.HELLO).db()),
                Clj.mapOf(
                        "op", Clj.keyword("transact"),
                        "tx-id", UUID.randomUUID(),
                        "tx-data", Clj.edn("[{:it/text \"once\"}]")));
        transacted = one.target().requests().send(transaction).success();

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
                .isEqualTo(other.client()
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
        Object again = other.target().requests().send(transaction).success();

        for (String entry : List.of("tempids", "db-before", "db-after", "dbs")) {
            assertThat(Clj.get(again, entry)).as(entry).isNotNull().isEqualTo(Clj.get(transacted, entry));
        }
        assertThat(Datom.all(Clj.get(again, "tx-data"))).isEqualTo(Datom.all(Clj.get(transacted, "tx-data")));
    }
}
