package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code :io-context} and {@code :query-stats}, wherever a client may put them. */
abstract class StatisticsConformance extends Conformance {

    static final String NUMBERS = "[:find ?n :where [_ :stats/n ?n]]";
    static final String BOTH = "{:io-context :conformance/both :query-stats true :chunk 30}";

    private DbValue db;

    StatisticsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("[{:db/ident :stats/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/index true}]");
        db = hello.transactData(Bulk.numbers("stats/n", 0, 100)).dbAfter();
    }

    /** The db value that is read. */
    final DbValue db() {
        return db;
    }

    private static void assertIoStats(Object answer, String context) {
        Object stats = Clj.get(answer, "io-stats");
        assertThat(Clj.get(stats, "io-context")).as("%s", stats).isEqualTo(Clj.keyword(context));
        assertThat(Clj.get(stats, "api-ms")).isInstanceOf(Number.class);
        assertThat(Clj.get(stats, "reads")).isNotNull();
    }

    final Object with(String argMap) {
        return RealClient.api("with").invoke(hello.withDb().it(), Clj.edn(argMap));
    }

    @Test
    void aSpeculationReportsItsReadsBesideWhatItDid() {
        Object report = with("{:tx-data [{:stats/n 1000}] :io-context :conformance/with}");

        assertIoStats(report, "conformance/with");
        assertThat(new TxReport(report).txData()).hasSize(2);
        assertThat(new TxReport(report).dbAfter().q("[:find ?e :where [?e :stats/n 1000]]"))
                .hasSize(1);
    }

    @Test
    void whoDoesNotAskGetsNone() {
        assertThat(Clj.get(with("{:tx-data []}"), "io-stats")).isNull();
        assertThat(Clj.get(hello.transact("[]").it(), "io-stats")).isNull();
        assertThat(Clj.meta(db.qWith("{}", NUMBERS))).satisfies(meta -> {
            assertThat(Clj.get(meta, "io-stats")).isNull();
            assertThat(Clj.get(meta, "query-stats")).isNull();
        });
    }

    @Test
    void lazyQueriesReportBoth() {
        Object answer = db.qseq(BOTH, "[:find (pull ?e [:stats/n]) :where [?e :stats/n]]");

        assertIoStats(answer, "conformance/both");
        assertThat(Clj.list(Clj.get(Clj.get(answer, "query-stats"), "phases"))).isNotEmpty();
        assertThat(RT.count(Clj.get(answer, "ret"))).isEqualTo(100);
        assertThat(Clj.list(Clj.get(answer, "ret"))).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aQueryThatFindsNothingReportsBoth() {
        Object answer = db.qWith(BOTH, "[:find ?e :where [?e :stats/n -1]]");

        assertIoStats(answer, "conformance/both");
        assertThat(Clj.get(answer, "query-stats")).isNotNull();
        assertThat(Clj.list(Clj.get(answer, "ret"))).isEmpty();
    }

    @Test
    void asynchronousQueriesCarryBothWithTheirFirstChunk() {
        Channel chunks = db.qAsync(BOTH, NUMBERS);

        Object first = chunks.take();
        assertThat(Clj.list(first)).hasSize(30);
        assertIoStats(Clj.meta(first), "conformance/both");
        assertThat(Clj.get(Clj.meta(first), "query-stats")).isNotNull();
        assertThat(chunks.items()).hasSize(70);
    }

    @Test
    void queryStatisticsTellOfTheQueryAndItsClauses() {
        Object answer = db.qWith("{:query-stats true}", "[:find ?e ?n :where [?e :stats/n ?n] [(< ?n 10)]]");

        Object stats = Clj.get(answer, "query-stats");
        assertThat(Clj.list(Clj.get(answer, "ret"))).hasSize(10);
        assertThat(Clj.print(Clj.get(stats, "query"))).contains(":stats/n");
        assertThat(Clj.print(Clj.get(stats, "phases"))).contains(":clauses", ":rows-out");
    }

    @Test
    void resultsAreTheSameWithStatistics() {
        String query = "[:find ?n (pull ?e [:stats/n]) :where [?e :stats/n ?n]]";

        assertThat(Clj.get(db.qWith(BOTH, query), "ret")).isEqualTo(db.qWith("{:chunk 30}", query));
    }

    @Test
    void operationsThatReportNoneAreAnsweredAsEver() {
        String context = ":io-context :conformance/others";

        assertThat(db.indexPull("{:index :avet :selector [:stats/n] :start [:stats/n 98] " + context + "}"))
                .isEqualTo(Clj.edn("[{:stats/n 98} {:stats/n 99}]"));
        assertThat(db.datomsWith(Clj.edn("{:index :avet :components [:stats/n 5] " + context + "}")))
                .hasSize(1);
        assertThat(db.indexRange("{:attrid :stats/n :start 5 :end 7 " + context + "}"))
                .hasSize(2);
        List<Object> log = hello.txRange(Clj.edn("{:start %d :end %d %s}", db.t(), db.t() + 1, context));
        assertThat(log).hasSize(1);
        assertThat(Clj.number(log.get(0), "t")).isEqualTo(db.t());
    }

    @Test
    void aContextThatIsNoKeywordIsIncorrect() {
        String context = "{:io-context \"text\" :tx-data []}";

        Failure.of(() -> hello.transactWith(Clj.edn(context))).hasCategory("incorrect");
        Failure.of(() -> with(context)).hasCategory("incorrect");
        Failure.of(() -> db.qWith("{:io-context 5}", NUMBERS)).hasCategory("incorrect");
        Failure.of(() -> db.pullWith(Clj.edn("{:selector [:db/ident] :eid 0 :io-context [:a]}")))
                .hasCategory("incorrect");
        Failure.of(() -> db.qWith("{:query-stats 1}", NUMBERS)).hasCategory("incorrect");
    }
}
