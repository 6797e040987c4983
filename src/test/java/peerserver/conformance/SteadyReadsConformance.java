package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What readers see while others write: their own writes, nothing that goes back, and values that stand still. */
abstract class SteadyReadsConformance extends Conformance {

    private static final int ROUNDS = 8;
    private static final int ROWS = 200;
    private static final String NUMBERS = "[:find ?id ?n :where [?e :steady/id ?id] [?e :steady/n ?n]]";
    private static final String OWN = "[:find ?n :in $ ?id :where [?e :steady/own ?id] [?e :steady/n ?n]]";

    /** Ways to read a value whole, in chunks where there are any. */
    private static final List<Function<DbValue, Object>> READINGS = List.of(
            db -> db.qWith("{:limit -1 :chunk 37}", NUMBERS),
            db -> db.qAsync("{:limit -1 :chunk 23}", NUMBERS).items(),
            db -> Clj.list(db.qseq(
                    "{:limit -1 :chunk 29}", "[:find (pull ?e [:steady/id :steady/n]) :where [?e :steady/id]]")),
            db -> db.qseqAsync("{:limit -1 :chunk 31}", NUMBERS).items(),
            db -> db.datoms("{:index :aevt :components [:steady/n] :limit -1 :chunk 41}"),
            db -> Datom.all(db.async("datoms", "{:index :avet :components [:steady/id] :limit -1 :chunk 19}")
                    .items()),
            db -> Datom.all(db.async("index-range", "{:attrid :steady/n :start 0 :limit -1 :chunk 43}")
                    .items()),
            db -> db.indexPull(
                    "{:index :avet :selector [:steady/id :steady/n] :start [:steady/id] :limit -1 :chunk 47}"),
            db -> db.history().datoms("{:index :eavt :components [[:steady/id \"row 7\"]] :limit -1 :chunk 3}"),
            db -> db.asOf(db.t()).q(NUMBERS),
            db -> db.since(db.t() - 5).q(NUMBERS),
            db -> db.pull("[*]", Clj.edn("[:steady/id \"row 11\"]")),
            db -> db.pullAsync("[:steady/n]", Clj.edn("[:steady/id \"row 12\"]"))
                    .take(),
            db -> db.single("[:find (sum ?n) :with ?e :where [?e :steady/n ?n]]"));

    SteadyReadsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("[{:db/ident :steady/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                + " :db/unique :db.unique/identity}"
                + " {:db/ident :steady/own :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                + " :db/unique :db.unique/identity}"
                + " {:db/ident :steady/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/index true}]");
        hello.transactData(Clj.vector(LongStream.range(0, ROWS)
                .mapToObj(n -> Clj.mapOf("steady/id", "row " + n, "steady/n", n))
                .toArray()));
    }

    /** Changes a row, adds one and takes one away again and again, so that every value has others around it. */
    private Writers writers() {
        return Writers.start(
                target,
                2,
                (connection, number) -> connection.transact(
                        "[[:db/add [:steady/id \"row %d\"] :steady/n %d]"
                                + " {:steady/id \"extra %d\" :steady/n %d}"
                                + " [:db/retract [:steady/id \"row %d\"] :steady/n]]",
                        number % 100, 1_000_000 + number, number, 2_000_000 + number, 100 + number % 100));
    }

    @Test
    void aConnectionSeesItsOwnWritesAndNeverGoesBack() throws Exception {
        Crowd.atOnce(thread -> {
            Connection own = client.connect(Target.HELLO);
            return writeAndRead(own, "alone " + thread);
        });
    }

    @Test
    void aConnectionThatManyShareDoesSoForEachOfThem() throws Exception {
        Connection shared = client.connect(Target.HELLO);

        Crowd.atOnce(thread -> writeAndRead(shared, "shared " + thread));
    }

    /** Writes and reads, and gives the last t seen. */
    private static long writeAndRead(Connection connection, String name) {
        long seen = connection.db().t();
        for (long round = 0; round < ROUNDS; round++) {
            String data = String.format("[{:steady/own \"%s\" :steady/n %d}]", name, round);
            TxReport report = round % 2 == 0
                    ? connection.transactData(Clj.edn(data))
                    : new TxReport(connection.transactAsync(data).take());
            assertThat(report.dbAfter().single(OWN, name)).isEqualTo(round);
            DbValue db = connection.db();
            assertThat(db.t()).isGreaterThanOrEqualTo(Math.max(seen, report.t()));
            assertThat(db.qAsync("{}", OWN, name).items()).isEqualTo(Clj.edn("[[%d]]", round));
            assertThat(Clj.number(connection.db().it(), "t")).isGreaterThanOrEqualTo(db.t());
            seen = db.t();
        }
        return seen;
    }

    @Test
    void whatIsReadTwiceOfOneValueIsEqualWhileWritersGoOn() throws Exception {
        try (Writers writers = writers()) {
            for (int round = 0; round < 3; round++) {
                DbValue db = hello.transact("[]").dbAfter();
                List<Object> first = Crowd.atOnce(thread -> reading(thread).apply(db));
                writers.awaitMore(5);
                List<Object> second = Crowd.atOnce(thread -> reading(thread).apply(db));

                assertThat(second).isEqualTo(first);
            }
        }
    }

    private static Function<DbValue, Object> reading(int thread) {
        return READINGS.get(thread % READINGS.size());
    }

    @Test
    void theStatisticsOfAValueStandStill() throws Exception {
        DbValue db = hello.transact("[]").dbAfter();
        Object stats = db.stats();

        List<Object> found = Crowd.atOnce(thread -> {
            hello.transact("[{:steady/own \"stats %d\" :steady/n 1}]", thread);
            return db.stats();
        });

        assertThat(found).allSatisfy(other -> assertThat(other).isEqualTo(stats));
        assertThat(Clj.number(hello.db().stats(), "datoms")).isGreaterThan(Clj.number(stats, "datoms"));
    }

    @Test
    void anIterationUnderWritersHasExactlyTheRowsOfItsValue() throws Exception {
        DbValue db = hello.transactData(Clj.vector(LongStream.range(0, ROWS)
                        .mapToObj(n -> Clj.mapOf("steady/id", "row " + n, "steady/n", n))
                        .toArray()))
                .dbAfter();
        Object expected = Clj.set(Clj.vector(LongStream.range(0, ROWS)
                .mapToObj(n -> Clj.vector("row " + n, n))
                .toArray()));

        try (Writers writers = writers()) {
            Crowd.atOnce(thread -> {
                Channel chunks = db.qAsync(
                        "{:limit -1 :chunk " + (10 + thread) + "}",
                        "[:find ?id ?n :where [?e :steady/id ?id] [?e :steady/n ?n]" + " [(< ?n 1000)]]");
                List<Object> found = new ArrayList<>(Clj.list(chunks.take()));
                writers.awaitMore(1);
                found.addAll(chunks.items());
                assertThat(Clj.set(found)).isEqualTo(expected);
                return assertThat(found).hasSize(ROWS);
            });
        }
    }

    @Test
    void anotherClientSyncsToATUnderWriters() throws Exception {
        RealClient neighbour = target.client(target.keys().get(1));
        List<CompletableFuture<Long>> written =
                Stream.generate(CompletableFuture<Long>::new).limit(Crowd.SIZE).toList();
        String name = "synced " + UUID.randomUUID() + ' ';

        try (Writers writers = writers()) {
            Crowd.atOnce(thread -> {
                TxReport report = client.connect(Target.HELLO)
                        .transact("[{:steady/own \"%s\" :steady/n %d}]", name + thread, thread);
                written.get(thread).complete(report.t());
                int next = (thread + 1) % Crowd.SIZE;
                long t = written.get(next).get(30, TimeUnit.SECONDS);
                Connection other = neighbour.connect(Target.HELLO);
                DbValue db = thread % 2 == 0
                        ? other.sync(t)
                        : new DbValue(new Channel(RealClient.async("sync").invoke(other.it(), t)).take());
                assertThat(db.t()).isGreaterThanOrEqualTo(t);
                return assertThat(db.single(OWN, name + next)).isEqualTo((long) next);
            });
            writers.awaitMore(1);
        }
    }
}
