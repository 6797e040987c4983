package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.junit.jupiter.api.Test;

/** Transactions that fail, and what the engine says of them. */
abstract class TransactErrorsConformance extends Conformance {

    TransactErrorsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("""
                [{:db/ident :bad/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :bad/code :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/value}
                 {:db/ident :bad/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""");
        hello.transact("[{:bad/id \"held\" :bad/code \"c\" :bad/n 1}]");
    }

    @Test
    void anUnknownAttribute() {
        failing("[{:bad/unknown 1}]")
                .hasCategory("incorrect")
                .hasDbError("not-an-entity")
                .says(":bad/unknown");
    }

    @Test
    void aValueOfTheWrongType() {
        failing("[{:bad/n \"text\"}]")
                .hasCategory("incorrect")
                .hasDbError("wrong-type-for-attribute")
                .says(":bad/n");
    }

    @Test
    void aUniqueValueHeldByAnother() {
        failing("[{:bad/id \"other\" :bad/code \"c\"}]").hasCategory("conflict").hasDbError("unique-conflict");
    }

    @Test
    void aComparisonThatFails() {
        Failure failure = failing("[[:db/cas [:bad/id \"held\"] :bad/n 7 8]]");

        failure.hasCategory("conflict").hasDbError("cas-failed");
        assertThat(Clj.get(failure.anomaly(), "v-old")).isEqualTo(7L);
        assertThat(Clj.get(failure.anomaly(), "v")).isEqualTo(1L);
    }

    @Test
    void anEntityThatIsNotThere() {
        failing("[[:db/add [:bad/id \"none\"] :bad/n 1]]")
                .hasCategory("incorrect")
                .hasDbError("not-an-entity");
        failing("[[:db/add :bad/no-ident :bad/n 1]]").hasCategory("incorrect").hasDbError("not-an-entity");
    }

    @Test
    void aFunctionThatIsNotThere() {
        Connection trusted = target.trustedClient().connect(Target.HELLO);

        Failure.of(() -> trusted.transact("[[:bad/no-function 1]]"))
                .hasCategory("incorrect")
                .hasDbError("not-a-data-function");
    }

    @Test
    void aFunctionThatConfinedCodeMayNotCall() {
        failing("[[:bad/no-function 1]]").hasCategory("forbidden").says(":bad/no-function");
    }

    @Test
    void datomsThatContradictEachOther() {
        failing("[[:db/add \"e\" :bad/n 1] [:db/add \"e\" :bad/n 2]]")
                .hasCategory("incorrect")
                .hasDbError("datoms-conflict");
    }

    @Test
    void aValueThatIsNil() {
        failing("[{:bad/n nil}]").hasCategory("incorrect").hasDbError("nil-value");
    }

    @Test
    void anInstantBeforeTheLast() {
        failing("[{:db/id \"datomic.tx\" :db/txInstant #inst \"1999-01-01\"}]")
                .hasCategory("incorrect")
                .hasDbError("past-tx-instant");
    }

    @Test
    void aSchemaThatCannotChange() {
        failing("[{:db/ident :bad/n :db/valueType :db.type/string}]")
                .hasCategory("incorrect")
                .hasDbError("invalid-alter-attribute");
    }

    @Test
    void dataThatIsNoTransaction() {
        failing("[[:db/add \"e\"]]").hasCategory("incorrect");
        failing("[5]").hasCategory("incorrect");
        Failure.of(() -> hello.transactData("text")).hasCategory("incorrect");
    }

    @Test
    void nothingOfAFailedTransactionIsKept() {
        DbValue before = hello.db();

        failing("[{:bad/id \"kept?\" :bad/n 1} {:bad/n \"text\"}]");

        assertThat(hello.db().q("[:find ?e :where [?e :bad/id \"kept?\"]]")).isEmpty();
        assertThat(before.t()).isPositive();
    }

    @Test
    void theAsynchronousClientFindsTheAnomalyInItsChannel() {
        hello.transactAsync("[[:db/cas [:bad/id \"held\"] :bad/n 7 8]]")
                .takeFailure()
                .hasCategory("conflict")
                .hasDbError("cas-failed");
    }

    @FormatMethod
    private Failure failing(@FormatString String txData, Object... values) {
        return Failure.of(() -> hello.transactData(Clj.edn(String.format(txData, values))));
    }
}
