package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import org.junit.jupiter.api.Test;

/** That pulls are made chunk by chunk: the pull of one row fails, and what comes before its chunk knows nothing of it. */
abstract class LazinessConformance extends Conformance {

    private static final int ROWS = 100;
    private static final int CHUNK = 10;
    private static final int UNREADABLE = 75;
    private static final String OPTIONS = "{:limit -1 :chunk " + CHUNK + "}";
    private static final String READ_TEXTS =
            "[:find ?n (pull ?e [(:lazy/text :xform clojure.edn/read-string)]) :where [?e :lazy/n ?n]]";

    private DbValue db;

    LazinessConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("[{:db/ident :lazy/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}"
                + " {:db/ident :lazy/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]");
        Object[] rows = new Object[ROWS];
        for (int n = 0; n < ROWS; n++) {
            rows[n] = Clj.mapOf("lazy/n", (long) n, "lazy/text", n == UNREADABLE ? ")" : Integer.toString(n));
        }
        db = hello.transactData(Clj.vector(rows)).dbAfter();
    }

    @Test
    void aPullThatFailsIsTheFailureOfItsChunk() {
        Channel chunks = db.qseqAsync(OPTIONS, READ_TEXTS);

        for (int before = 0; before < UNREADABLE / CHUNK; before++) {
            assertThat(Clj.list(chunks.take())).hasSize(CHUNK);
        }
        chunks.takeFailure().says("clojure.edn/read-string");
        assertThat(chunks.take()).isNull();
    }

    @Test
    void theCountIsKnownAndRowsAreReadThoughAPullWillFail() {
        Object rows = db.qseq(OPTIONS, READ_TEXTS);

        assertThat(RT.count(rows)).isEqualTo(ROWS);
        assertThat(RT.first(rows)).isEqualTo(Clj.edn("[0 {:lazy/text 0}]"));
        Failure.of(() -> Clj.list(rows)).says("clojure.edn/read-string");
    }

    @Test
    void pagesWithoutTheRowAreAnswered() {
        assertThat(Clj.list(db.qWith("{:limit 75}", READ_TEXTS))).hasSize(75);
        assertThat(Clj.list(db.qWith("{:offset 76}", READ_TEXTS))).hasSize(24);
    }

    @Test
    void aQueryThatIsNotLazyFailsAsAWhole() {
        Failure.of(() -> db.qWith(OPTIONS, READ_TEXTS)).says("clojure.edn/read-string");
    }
}
