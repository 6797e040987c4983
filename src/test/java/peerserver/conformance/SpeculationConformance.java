package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Speculative database values: {@code with-db} and chains of {@code with}. */
abstract class SpeculationConformance extends Conformance {

    private static final String NAMES = "[:find ?n :where [_ :dream/name ?n]]";

    SpeculationConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("""
                [{:db/ident :dream/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :dream/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one
                  :db/index true}]""");
    }

    @Test
    void aSpeculativeValueHoldsWhatWasNeverTransacted() {
        TxReport report = hello.withDb().with("[{:db/id \"d\" :dream/name \"flying\" :dream/n 1}]");

        DbValue dream = report.dbAfter();
        long entity = report.tempid("d");
        assertThat(dream.single("[:find ?e :where [?e :dream/name \"flying\"]]"))
                .isEqualTo(entity);
        assertThat(dream.pull("[:dream/name :dream/n]", entity))
                .isEqualTo(Clj.edn("{:dream/name \"flying\" :dream/n 1}"));
        assertThat(dream.datoms("{:index :eavt :components [%d]}", entity)).hasSize(2);
        assertThat(dream.indexRange("{:attrid :dream/n :start 1 :end 2}")).hasSize(1);
        assertThat(dream.indexPull("{:index :avet :selector [:dream/name] :start [:dream/n 1]}"))
                .contains(Clj.edn("{:dream/name \"flying\"}"));
        assertThat(report.txData()).extracting(Datom::v).contains("flying", 1L);
        assertThat(dream.t()).isGreaterThan(report.dbBefore().t());
    }

    @Test
    void theDurableDatabaseIsUnaffected() {
        hello.withDb().with("[{:dream/name \"nowhere\"}]");

        String query = "[:find ?e :where [?e :dream/name \"nowhere\"]]";
        assertThat(hello.db().q(query)).isEmpty();
        assertThat(client.connect(Target.HELLO).db().q(query)).isEmpty();
    }

    @Test
    void theConnectionDoesNotAdvance() {
        Connection other = client.connect(Target.OTHER);
        long t = other.db().t();

        DbValue dream = other.withDb();
        for (int i = 0; i < 3; i++) {
            dream = dream.with("[{:db/doc \"dream\"}]").dbAfter();
            dream.q("[:find ?e :where [?e :db/doc \"dream\"]]");
            dream.pull("[*]", Clj.keyword("db/doc"));
        }

        assertThat(dream.t()).isGreaterThan(t);
        assertThat(client.connect(Target.OTHER).db().t()).isEqualTo(t);
        assertThat(other.db().t()).isEqualTo(t);
        assertThat(other.db().pull("[:db/ident]", Clj.keyword("db/doc"))).isEqualTo(Clj.edn("{:db/ident :db/doc}"));
    }

    @Test
    void chainsBuildUponEachOther() {
        DbValue one =
                hello.withDb().with("[{:dream/name \"chain 1\" :dream/n 1}]").dbAfter();
        DbValue two = one.with("[{:dream/name \"chain 2\" :dream/n 2}]").dbAfter();
        TxReport last = two.with("[[:db/cas [:dream/name \"chain 1\"] :dream/n 1 3]]");

        String query = "[:find ?n ?x :in $ [?n ...] :where [?e :dream/name ?n] [?e :dream/n ?x]]";
        Object names = Clj.edn("[\"chain 1\" \"chain 2\"]");
        assertThat(Clj.set(one.q(query, names))).isEqualTo(Clj.edn("#{[\"chain 1\" 1]}"));
        assertThat(Clj.set(two.q(query, names))).isEqualTo(Clj.edn("#{[\"chain 1\" 1] [\"chain 2\" 2]}"));
        assertThat(Clj.set(last.dbAfter().q(query, names))).isEqualTo(Clj.edn("#{[\"chain 1\" 3] [\"chain 2\" 2]}"));
    }

    @Test
    void branchesOfOneValueDoNotSeeEachOther() {
        DbValue root = hello.withDb();
        DbValue left = root.with("[{:dream/name \"left\"}]").dbAfter();
        DbValue right = root.with("[{:dream/name \"right\"}]").dbAfter();

        assertThat(left.q(NAMES)).contains(Clj.edn("[\"left\"]")).doesNotContain(Clj.edn("[\"right\"]"));
        assertThat(right.q(NAMES)).contains(Clj.edn("[\"right\"]")).doesNotContain(Clj.edn("[\"left\"]"));
    }

    @Test
    void schemaCanBeSpeculativeToo() {
        DbValue dream = hello.withDb()
                .with("[{:db/ident :dream/color :db/valueType :db.type/keyword :db/cardinality :db.cardinality/one}]")
                .dbAfter()
                .with("[{:dream/color :green}]")
                .dbAfter();

        assertThat(dream.single("[:find ?c :where [_ :dream/color ?c]]")).isEqualTo(Clj.keyword("green"));
    }

    @Test
    void speculativeValuesAreReadInChunks() {
        DbValue dream = new TxReport(RealClient.api("with")
                        .invoke(hello.withDb().it(), Clj.mapOf("tx-data", Bulk.numbers("dream/n", 100_000, 100_250))))
                .dbAfter();

        assertThat(dream.qAsync("{:chunk 100 :limit -1}", "[:find ?n :where [_ :dream/n ?n] [(<= 100000 ?n)]]")
                        .chunks())
                .extracting(List::size)
                .containsExactly(100, 100, 50);
        assertThat(dream.async("datoms", "{:index :avet :components [:dream/n] :chunk 7 :limit -1}")
                        .items())
                .hasSizeGreaterThanOrEqualTo(250)
                .doesNotHaveDuplicates();
        assertThat(dream.async("index-range", "{:attrid :dream/n :start 100000 :chunk 100}")
                        .items())
                .extracting(datom -> Datom.of(datom).v())
                .hasSize(250)
                .isSorted();
    }

    @Test
    void speculativeValuesHaveAPastAndAHistory() {
        DbValue base = hello.withDb();
        DbValue one = base.with("[{:dream/name \"past\" :dream/n 1}]").dbAfter();
        DbValue two = one.with("[{:dream/name \"past\" :dream/n 2}]").dbAfter();
        String query = "[:find ?n :where [?e :dream/name \"past\"] [?e :dream/n ?n]]";

        assertThat(two.asOf(one.t()).q(query)).isEqualTo(Clj.edn("[[1]]"));
        assertThat(two.asOf(base.t()).q(query)).isEmpty();
        assertThat(Clj.set(two.history().q(query))).isEqualTo(Clj.edn("#{[1] [2]}"));
    }

    @Test
    void transactionsMeanwhileDoNotShow() {
        DbValue dream = hello.withDb().with("[{:dream/name \"asleep\"}]").dbAfter();

        hello.transact("[{:dream/name \"meanwhile\"}]");

        assertThat(dream.q(NAMES)).contains(Clj.edn("[\"asleep\"]")).doesNotContain(Clj.edn("[\"meanwhile\"]"));
    }

    @Test
    void failingSpeculationIsLikeAFailingTransaction() {
        DbValue dream =
                hello.withDb().with("[{:dream/name \"fails\" :dream/n 1}]").dbAfter();

        Failure.of(() -> dream.with("[[:db/cas [:dream/name \"fails\"] :dream/n 7 8]]"))
                .hasCategory("conflict")
                .hasDbError("cas-failed");
        Failure.of(() -> dream.with("[{:dream/nothing 1}]"))
                .hasCategory("incorrect")
                .hasDbError("not-an-entity");
    }

    @Test
    void anOrdinaryValueCannotBeBuiltUpon() {
        Failure.of(() -> hello.db().with("[{:dream/name \"no handle\"}]")).hasCategory("incorrect");
    }

    @Test
    void theAsynchronousClientSpeculatesToo() {
        DbValue handle = new DbValue(new Channel(RealClient.async("with-db").invoke(hello.it())).take());
        TxReport report = new TxReport(
                handle.async("with", "{:tx-data [{:dream/name \"async\"}]}").take());

        assertThat(report.dbAfter().qAsync("{}", NAMES).items()).contains(Clj.edn("[\"async\"]"));
    }
}
