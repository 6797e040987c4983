package peerserver.conformance;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Queries and other reads that fail. */
abstract class ReadErrorsConformance extends Conformance {

    private DbValue db;

    ReadErrorsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("[{:db/ident :wrong/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}"
                + " {:db/ident :wrong/many :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}]");
        db = hello.transactData(Bulk.numbers("wrong/n", 0, 700)).dbAfter();
    }

    /** The db value that is read. */
    final DbValue db() {
        return db;
    }

    @Test
    void anUnknownAttribute() {
        failing("[:find ?e :where [?e :wrong/unknown]]")
                .hasCategory("incorrect")
                .hasDbError("not-an-entity")
                .says(":wrong/unknown");
    }

    @Test
    void aVariableThatNothingBinds() {
        failing("[:find ?e ?other :where [?e :wrong/n]]")
                .hasCategory("incorrect")
                .hasDbError("unbound-query-variables")
                .says("?other");
        failing("[:find ?e :where [?e :wrong/n ?n] [(< ?n ?other)]]")
                .hasCategory("incorrect")
                .hasDbError("insufficient-binding");
    }

    @Test
    void aClauseThatWouldReadEverything() {
        failing("[:find ?e :where [?e]]").hasCategory("incorrect").hasDbError("insufficient-binding");
    }

    @Test
    void queriesWithoutTheirParts() {
        failing("[:where [?e :wrong/n]]").hasCategory("incorrect");
        failing("[:find ?e]").hasCategory("incorrect");
        failing("[:find :where [?e :wrong/n]]").hasCategory("incorrect");
        failing("[:find ?e :where [?e :db/ident] :nonsense]").hasCategory("incorrect");
    }

    @Test
    void aRuleThatIsNotGiven() {
        failing("[:find ?e :in $ % :where (no-rule ?e)]", Clj.edn("[]")).hasCategory("incorrect");
    }

    @Test
    void aFunctionThatIsNotThere() {
        String query = "[:find ?x :where [?e :wrong/n ?n] [(no.such/function ?n) ?x]]";
        DbValue trusted = target.trustedClient().connect(Target.HELLO).sync(db.t());

        Failure.of(() -> trusted.q(query)).hasCategory(target.engine().missing());
        failing(query).hasCategory("forbidden").says("no.such/function");
    }

    @Test
    void anInputThatIsMissing() {
        failing("[:find ?e :in $ ?x :where [?e :wrong/n ?x]]")
                .hasCategory("incorrect")
                .hasDbError("too-few-inputs");
    }

    @Test
    void findSpecsOtherThanRelations() {
        for (String find : List.of("?n .", "[?n ...]", "[?e ?n]")) {
            failing("[:find " + find + " :where [?e :wrong/n ?n]]")
                    .hasCategory("incorrect")
                    .says("Only find-rel elements are allowed in client find-spec");
        }
        failing("{:find [?n .] :where [[_ :wrong/n ?n]]}")
                .hasCategory("incorrect")
                .says("find-rel");
    }

    @Test
    void aQueryPastItsTimeout() {
        // Not for long: there are engines that go on with it to its end.
        String slow = "[:find (count ?a) :where [_ :wrong/n ?a] [_ :wrong/n ?b] [(< ?a ?b)]]";
        // Two ways: the client's own clock may end the call before the server's answer is there.
        Failure.of(() -> db.qWith("{:timeout 1}", slow)).hasCategory("interrupted");
        Object request = Clj.merge(
                RawContext.of(db),
                Clj.mapOf(
                        "op", Clj.keyword("q"),
                        "query", Clj.edn(slow),
                        "args", Clj.vector(RawContext.of(db)),
                        "timeout", 1L));
        target.requests().send(request).failure().hasCategory("interrupted");
    }

    @Test
    void aSelectorThatIsNone() {
        Failure.of(() -> db.pull("[5]", 0L)).hasCategory("incorrect");
        Failure.of(() -> db.pull("[{:wrong/many 1.5}]", 0L)).hasCategory("incorrect");
    }

    @Test
    void anIndexThatIsNotThere() {
        Failure.of(() -> db.indexRange("{:attrid :wrong/many}"))
                .hasCategory("incorrect")
                .hasDbError("attribute-not-indexed");
        Failure.of(() -> db.datoms("{:index :avet :components [:wrong/many]}")).hasCategory("incorrect");
        Failure.of(() -> db.indexPull("{:index :eavt :selector [:wrong/n] :start [:wrong/n]}"))
                .hasCategory("incorrect");
        Failure.of(() -> db.indexPull("{:index :aevt :selector [:wrong/n] :start [:wrong/n]}"))
                .hasCategory("incorrect")
                .hasDbError("invalid-pull");
    }

    @Test
    void pagingOutOfRange() {
        String query = "[:find ?n :where [_ :wrong/n ?n]]";
        for (String options : List.of("{:offset -1}", "{:chunk 0}", "{:chunk -1}", "{:limit -2}", "{:chunk \"7\"}")) {
            Failure.of(() -> db.qWith(options, query)).hasCategory("incorrect");
        }
        Failure.of(() -> db.datoms("{:index :aevt :offset -1}")).hasCategory("incorrect");
        Failure.of(() -> db.datoms("{:index :aevt :chunk -1}")).hasCategory("incorrect");
        Failure.of(() -> hello.txRange(Clj.edn("{:offset -1}"))).hasCategory("incorrect");
    }

    @Test
    void anIoContextWithoutANamespace() {
        Failure.of(() -> db.qWith("{:io-context :plain}", "[:find ?n :where [_ :wrong/n ?n]]"))
                .hasCategory("incorrect");
    }

    @Test
    void theAsynchronousClientFindsTheAnomalyInItsChannel() {
        Channel channel = db.qAsync("{}", "[:find ?e :where [?e :wrong/unknown]]");

        channel.takeFailure().hasCategory("incorrect").hasDbError("not-an-entity");
    }

    private Failure failing(String query, Object... inputs) {
        return Failure.of(() -> db.q(query, inputs));
    }
}
