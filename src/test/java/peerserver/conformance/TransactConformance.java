package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Transactions that succeed. */
abstract class TransactConformance extends Conformance {

    TransactConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("""
                [{:db/ident :tx/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :tx/count :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
                 {:db/ident :tx/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
                 {:db/ident :tx/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
                 {:db/ident :tx/part :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
                  :db/isComponent true}
                 {:db/ident :tx/id+count :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one
                  :db/tupleAttrs [:tx/id :tx/count] :db/unique :db.unique/identity}]""");
    }

    @Test
    void takesMapForms() {
        TxReport report = hello.transact("[{:db/id \"new\" :tx/id \"map\" :tx/count 1 :tx/tags [\"a\" \"b\"]}]");

        assertThat(pulled("map", "[:db/id :tx/count :tx/tags]"))
                .isEqualTo(Clj.edn("{:db/id %d :tx/count 1 :tx/tags [\"a\" \"b\"]}", report.tempid("new")));
    }

    @Test
    void takesListForms() {
        TxReport report = hello.transact("[[:db/add \"new\" :tx/id \"list\"] [:db/add \"new\" :tx/count 2]]");

        assertThat(pulled("list", "[:db/id :tx/count]"))
                .isEqualTo(Clj.edn("{:db/id %d :tx/count 2}", report.tempid("new")));
    }

    @Test
    void tempidsJoinFormsAndNameTheTransactionItself() {
        TxReport report =
                hello.transact("[{:db/id \"a\" :tx/id \"join a\" :tx/friend \"b\"} {:db/id \"b\" :tx/id \"join b\"}"
                        + " {:db/id \"datomic.tx\" :db/doc \"by the test\"}]");

        assertThat(pulled("join a", "[{:tx/friend [:tx/id]}]")).isEqualTo(Clj.edn("{:tx/friend {:tx/id \"join b\"}}"));
        assertThat(report.tempid("datomic.tx")).isEqualTo(report.tx());
        assertThat(report.dbAfter().pull("[:db/doc]", report.tx())).isEqualTo(Clj.edn("{:db/doc \"by the test\"}"));
    }

    @Test
    void answersWithBothValuesAndTheDatomsBetweenThem() {
        TxReport report = hello.transact("[{:db/id \"new\" :tx/id \"answer\" :tx/count 3}]");

        long entity = report.tempid("new");
        assertThat(report.dbBefore().t()).isLessThan(report.dbAfter().t());
        assertThat(report.dbBefore().q("[:find ?e :where [?e :tx/id \"answer\"]]"))
                .isEmpty();
        assertThat(report.dbAfter().single("[:find ?e :where [?e :tx/id \"answer\"]]"))
                .isEqualTo(entity);
        assertThat(report.txData()).allSatisfy(datom -> assertThat(datom.tx()).isEqualTo(report.tx()));
        assertThat(report.txData())
                .filteredOn(datom -> datom.e().equals(entity))
                .extracting(Datom::v)
                .contains("answer", 3L);
        assertThat(report.txData())
                .filteredOn(datom -> datom.e().equals(report.tx()))
                .extracting(Datom::v)
                .hasOnlyElementsOfType(Date.class);
    }

    @Test
    void upsertsByIdentity() {
        long first =
                hello.transact("[{:db/id \"x\" :tx/id \"upsert\" :tx/count 1}]").tempid("x");

        long second =
                hello.transact("[{:db/id \"y\" :tx/id \"upsert\" :tx/count 2}]").tempid("y");

        assertThat(second).isEqualTo(first);
        assertThat(pulled("upsert", "[:tx/count]")).isEqualTo(Clj.edn("{:tx/count 2}"));
    }

    @Test
    void takesLookupRefsForEntities() {
        hello.transact("[{:tx/id \"looked up\"} {:tx/id \"friend\"}]");

        hello.transact("[[:db/add [:tx/id \"looked up\"] :tx/friend [:tx/id \"friend\"]]]");

        assertThat(pulled("looked up", "[{:tx/friend [:tx/id]}]"))
                .isEqualTo(Clj.edn("{:tx/friend {:tx/id \"friend\"}}"));
    }

    @Test
    void comparesAndSwaps() {
        hello.transact("[{:tx/id \"cas\" :tx/count 1}]");

        hello.transact("[[:db/cas [:tx/id \"cas\"] :tx/count 1 2]]");
        hello.transact("[[:db/cas [:tx/id \"cas\"] :db/doc nil \"first\"]]");

        assertThat(pulled("cas", "[:tx/count :db/doc]")).isEqualTo(Clj.edn("{:tx/count 2 :db/doc \"first\"}"));
    }

    @Test
    void retractsAFactByValueAndWithout() {
        hello.transact("[{:tx/id \"retract\" :tx/count 1 :tx/tags [\"a\" \"b\" \"c\"]}]");

        TxReport report = hello.transact(
                "[[:db/retract [:tx/id \"retract\"] :tx/tags \"b\"] [:db/retract [:tx/id \"retract\"] :tx/count]]");

        assertThat(pulled("retract", "[:tx/count :tx/tags]")).isEqualTo(Clj.edn("{:tx/tags [\"a\" \"c\"]}"));
        assertThat(report.txData())
                .filteredOn(datom -> datom.added().equals(false))
                .extracting(Datom::v)
                .contains("b", 1L);
    }

    @Test
    void retractsAnEntityWithItsComponents() {
        hello.transact("[{:tx/id \"whole\" :tx/part [{:tx/id \"part\"}]}]");

        hello.transact("[[:db/retractEntity [:tx/id \"whole\"]]]");

        assertThat(hello.db().q("[:find ?e :in $ [?id ...] :where [?e :tx/id ?id]]", Clj.edn("[\"whole\" \"part\"]")))
                .isEmpty();
    }

    @Test
    void takesTheInstantOfTheTransaction() {
        hello.transact("[{:db/ident :tx/before-instant}]");
        // Nobody else may have transacted a later instant: take the present one, which the engine adjusts at most
        // forward.
        Date now = Date.from(Instant.now());
        Connection other = client.connect(Target.OTHER);

        TxReport report = other.transactData(
                Clj.vector(Clj.merge(Clj.map("{:db/id \"datomic.tx\"}"), Clj.mapOf("db/txInstant", now))));

        assertThat(Clj.get(report.dbAfter().pull("[:db/txInstant]", report.tx()), "db/txInstant"))
                .isEqualTo(now);
    }

    @Test
    void keepsCompositeTuplesInStep() {
        hello.transact("[{:tx/id \"composite\" :tx/count 1}]");
        assertThat(pulled("composite", "[:tx/id+count]")).isEqualTo(Clj.edn("{:tx/id+count [\"composite\" 1]}"));

        hello.transact("[[:db/add [:tx/id+count [\"composite\" 1]] :tx/count 2]]");

        assertThat(pulled("composite", "[:tx/id+count]")).isEqualTo(Clj.edn("{:tx/id+count [\"composite\" 2]}"));
    }

    @Test
    void anEmptyTransactionIsATransaction() {
        TxReport report = hello.transact("[]");

        assertThat(report.t()).isGreaterThan(report.dbBefore().t());
        assertThat(report.txData()).hasSize(1);
    }

    @Test
    void takesAnIoContext() {
        // The statistics come from the transactor; in memory the peer library reports none.
        TxReport report = hello.transactWith(Clj.edn("{:tx-data [{:tx/id \"io\"}] :io-context :conformance/transact}"));

        assertThat(report.dbAfter().single("[:find ?id :where [?e :tx/id ?id] [(= ?id \"io\")]]"))
                .isEqualTo("io");
    }

    @Test
    void theAsynchronousClientGetsTheSameReport() {
        TxReport report = new TxReport(
                hello.transactAsync("[{:db/id \"new\" :tx/id \"async\"}]").take());

        assertThat(report.dbAfter().single("[:find ?e :where [?e :tx/id \"async\"]]"))
                .isEqualTo(report.tempid("new"));
    }

    @Test
    void theConnectionSeesItsOwnTransactions() {
        long t = hello.transact("[{:tx/id \"own\"}]").t();

        assertThat(hello.db().t()).isGreaterThanOrEqualTo(t);
        assertThat(hello.db().q("[:find ?e :where [?e :tx/id \"own\"]]")).hasSize(1);
    }

    private Object pulled(String id, String selector) {
        return hello.db().pull(selector, Clj.vector(Clj.keyword("tx/id"), id));
    }
}
