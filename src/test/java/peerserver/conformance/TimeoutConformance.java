package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code :timeout} of every operation that takes one. */
abstract class TimeoutConformance extends Conformance {

    private static final int NUMBERS = 20_000;
    /** Matching takes some ten seconds in one call, which no engine can end. */
    private static final String UNSTOPPABLE = "[:find ?m :where [(re-pattern \"(a|aa)+\\\\1b\") ?p]"
            + " [(re-matches ?p \"" + "a".repeat(35) + "\") ?m]]";

    private DbValue db;
    private long top;

    TimeoutConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("[{:db/ident :late/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/index true}"
                + " {:db/ident :late/below :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}]");
        hello.transactData(Bulk.numbers("late/n", 0, NUMBERS));
        top = layers(7, 8);
        db = hello.db();
    }

    /** Layers of entities, each of which refers to all of the layer below: few entities, and very many paths. */
    private long layers(int depth, int width) {
        List<Object> data = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            for (int i = 0; i < width; i++) {
                List<Object> below = new ArrayList<>();
                for (int j = 0; j < width && layer > 0; j++) {
                    below.add((layer - 1) + "/" + j);
                }
                below.add("ground");
                data.add(Clj.merge(
                        Clj.mapOf("db/id", layer + "/" + i), Clj.mapOf("late/below", Clj.vector(below.toArray()))));
            }
        }
        data.add(Clj.mapOf("db/id", "ground", "db/doc", "the ground"));
        return hello.transactData(Clj.vector(data.toArray())).tempid(depth - 1 + "/0");
    }

    @Test
    void aGenerousTimeoutIsTakenByEveryOperation() {
        String time = ":timeout 30000";

        assertThat(Clj.list(db.qWith("{" + time + "}", "[:find ?n :where [_ :late/n ?n] [(< ?n 2)]]")))
                .hasSize(2);
        assertThat(RT.count(db.qseq("{" + time + "}", "[:find ?n :where [_ :late/n ?n] [(< ?n 2)]]")))
                .isEqualTo(2);
        assertThat(db.pullWith(Clj.edn("{:selector [:db/ident] :eid :late/n " + time + "}")))
                .isEqualTo(Clj.edn("{:db/ident :late/n}"));
        assertThat(db.datomsWith(Clj.edn("{:index :avet :components [:late/n 5] " + time + "}")))
                .hasSize(1);
        assertThat(db.indexRange("{:attrid :late/n :start 5 :end 7 " + time + "}"))
                .hasSize(2);
        assertThat(db.indexPull("{:index :avet :selector [:late/n] :start [:late/n 19999] " + time + "}"))
                .isEqualTo(Clj.edn("[{:late/n 19999}]"));
        assertThat(hello.txRange(Clj.edn("{:limit 3 " + time + "}"))).hasSize(3);
        assertThat(hello.transactWith(Clj.edn("{:tx-data [] " + time + "}")).txData())
                .hasSize(1);
        Object with =
                RealClient.api("with").invoke(hello.withDb().it(), Clj.edn("{:tx-data [{:late/n -1}] " + time + "}"));
        assertThat(new TxReport(with).txData()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:op :datoms :index :avet :a :late/n :limit -1 :chunk 100000}",
                "{:op :index-range :attrid :late/n :limit -1 :chunk 100000}",
                "{:op :index-pull :index :avet :selector [:late/n] :start [:late/n] :limit -1 :chunk 100000}"
            })
    void rowsThatTakeLongerAreInterrupted(String request) {
        interrupted(Clj.merge(Clj.map(request), RawContext.of(db), Clj.map("{:timeout 1}")));
    }

    @Test
    void aRangeOfTheLogTakesATimeoutHoweverItsEndsAreGiven() {
        TxReport first = hello.transact("[]");
        pause();
        TxReport second = hello.transact("[]");
        List<Object> starts = List.of(first.t(), first.tx(), instant(first));
        List<Object> ends = List.of(second.t(), second.tx(), instant(second));

        for (int i = 0; i < starts.size(); i++) {
            Object range = Clj.mapOf("start", starts.get(i), "end", ends.get(i), "timeout", 30_000L, "limit", -1L);
            assertThat(hello.txRange(range))
                    .as("%s", range)
                    .extracting(tx -> Clj.number(tx, "t"))
                    .contains(first.t())
                    .doesNotContain(second.t());
        }
    }

    @Test
    void aRangeOfTheLogWaitsNoLongerForATThatDoesNotCome() {
        long never = db.t() + 1_000_000;
        Object request = Clj.merge(
                Clj.map("{:op :tx-range :timeout 300}"), RawContext.of(db), Clj.mapOf("t", never, "next-t", never + 1));

        Failure failure = target.requests().send(request).failure();

        // The wait and the request end at the same time; on a machine with much to do, either may be noticed first.
        if (!failure.category().equals("interrupted")) {
            failure.hasCategory("unavailable").says(String.valueOf(never));
        }
    }

    private static Object instant(TxReport report) {
        return Clj.get(report.dbAfter().pull("[:db/txInstant]", report.tx()), "db/txInstant");
    }

    @Test
    void aQueryThatTakesLongerIsInterrupted() {
        String slow = target.engine().slowQuery("late/n");
        interrupted(query(slow, 200));
        Failure.of(() -> db.qWith("{:timeout 200}", slow)).hasCategory("interrupted");
        Failure.of(() -> db.qseq("{:timeout 200}", slow)).hasCategory("interrupted");
    }

    @Test
    void aPullThatTakesLongerIsInterrupted() {
        interrupted(Clj.merge(
                Clj.map("{:op :pull :selector [{:late/below 6}] :timeout 1}"),
                RawContext.of(db),
                Clj.mapOf("eid", top)));
    }

    @Test
    void aTransactionThatTakesLongerIsInterrupted() {
        interrupted(Clj.merge(
                Clj.map("{:op :transact :timeout 1}"),
                RawContext.of(db),
                Clj.mapOf("tx-data", Bulk.numbers("late/n", -20_000, -10_000))));
    }

    @Test
    void aSpeculationThatTakesLongerIsInterrupted() {
        Object handle = target.requests()
                .send(Clj.merge(Clj.map("{:op :with-db}"), RawContext.of(db)))
                .success();

        interrupted(Clj.merge(
                Clj.map("{:op :with :timeout 1}"),
                RawContext.of(db),
                Clj.mapOf("next-token", Clj.get(handle, "next-token")),
                Clj.mapOf("tx-data", Bulk.numbers("late/n", -60_000, -30_000))));
    }

    @Test
    void nobodyWaitsForACallThatCannotBeEnded() {
        long start = System.nanoTime();

        new SignedRequests(target, target.keys().get(2))
                .send(query(UNSTOPPABLE, 100))
                .failure()
                .hasCategory("interrupted")
                .says("its :timeout of");

        // Generous: the call itself takes several times as long.
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(4_000);
        assertThat(db.pull("[:db/ident]", Clj.keyword("late/n"))).isEqualTo(Clj.edn("{:db/ident :late/n}"));
    }

    private Object query(String query, long timeoutMs) {
        return Clj.merge(
                RawContext.of(db),
                Clj.mapOf(
                        "op", Clj.keyword("q"),
                        "query", Clj.edn(query),
                        "args", Clj.vector(RawContext.of(db)),
                        "timeout", timeoutMs));
    }

    private void interrupted(Object request) {
        target.requests().send(request).failure().hasCategory("interrupted").says("its :timeout of");
    }
}
