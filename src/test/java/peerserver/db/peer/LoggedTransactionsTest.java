package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.Resume;
import peerserver.db.TransactionReport;
import peerserver.form.TransactionForm;
import peerserver.wire.Datom;

/** The log tells of a transaction what its report told, in the same order: answers that are given again rely on it. */
class LoggedTransactionsTest {

    private final TestDatabase storage = new TestDatabase(
            TestDatabase.schema(
                    ":x/id string :db/unique :db.unique/identity",
                    ":x/n long :db/index true",
                    ":x/f float",
                    ":x/m bigdec",
                    ":x/b bytes",
                    ":x/tags string :db/cardinality :db.cardinality/many",
                    ":x/part ref :db/cardinality :db.cardinality/many :db/isComponent true",
                    ":x/id+n tuple :db/tupleAttrs [:x/id :x/n] :db/unique :db.unique/identity"),
            "[{:x/id 'it' :x/n 1 :x/tags ['a' 'b' 'c'] :x/part [{:x/id 'part' :x/n 7}]}]");
    private final PeerDatabase database = storage.open(10);

    @AfterEach
    void close() {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{:db/ident :x/later :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]",
                "[{:db/id 'z' :x/id 'z' :x/n 5} {:x/n 6} {:db/id 'a' :x/id 'a'} [:db/add 'datomic.tx' :db/doc 'why']]",
                "[{:x/id 'it' :x/n 2 :x/tags ['c' 'd' 'a']}]",
                "[[:db/cas [:x/id 'it'] :x/n 1 3] [:db/retract [:x/id 'it'] :x/tags 'b']]",
                "[[:db/retractEntity [:x/id 'it']]]",
                "[{:x/f 1.5 :x/m 2.50M :x/b #bytes 'AQID'} {:x/b #bytes 'BA=='}]",
                "[{:x/id 'new' :x/part [{:x/id 'inner'}]} [:db/retract [:x/id 'it'] :x/n]]"
            })
    void theSameDatomsInTheSameOrder(String data) {
        assertTold(TestDatabase.list(data));
    }

    @Test
    void aLargeTransactionToo() {
        assertTold(IntStream.range(0, 5_000)
                .mapToObj(i -> (Object) Map.of(
                        Keyword.intern("x", "id"), "id " + (i * 7_919) % 5_000, Keyword.intern("x", "n"), (long) -i))
                .toList());
    }

    private void assertTold(List<?> data) {
        TransactionReport report = database.transact(TransactionForm.parse(data), null)
                .toCompletableFuture()
                .join();
        long t = report.dbAfter().basisT();

        Map<?, ?> logged =
                (Map<?, ?>) database.txRange(t, t + 1, Resume.atRow(0)).next();
        List<?> datoms = (List<?>) Objects.requireNonNull(logged.get(Keyword.intern("data")));

        assertThat(logged.get(Keyword.intern("t"))).isEqualTo(t);
        assertThat(datoms.stream().map(LoggedTransactionsTest::parts))
                .containsExactlyElementsOf(report.txData().stream()
                        .map(LoggedTransactionsTest::parts)
                        .toList());
    }

    private static List<Object> parts(Object datom) {
        Datom it = (Datom) datom;
        Object v = it.v() instanceof byte[] bytes ? Arrays.toString(bytes) : it.v();
        return List.of(it.e(), it.a(), v, it.v().getClass(), it.tx(), it.added());
    }
}
