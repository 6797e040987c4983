package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peerserver.db.DbValue;
import peerserver.db.TransactionReport;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/** Transaction functions in the database. A peer has installed them: clients have no form to send one in. */
class InstalledFunctionsTest {

    private static final String CODE = """
            (if (pos? n)
              [[:db/add e :f/n n] [:f/describe e (str n)]]
              (datomic.api/cancel {:cognitect.anomalies/category :cognitect.anomalies/conflict
                                   :cognitect.anomalies/message "positive numbers only"
                                   :f/asked [n "times"]}))""";

    private static TestDatabase storage = new TestDatabase();
    private static PeerDatabase database = storage.open(8);

    @BeforeAll
    static void install() {
        storage.transact(
                TestDatabase.schema(":f/id string :db/unique :db.unique/identity", ":f/n long", ":f/text string"));
        install("f/describe", "[db e text]", "[[:db/add e :f/text text]]");
        install("f/count", "[db e n]", CODE);
        storage.transact("[{:f/id 'it'}]");
    }

    private static void install(String name, String params, String code) {
        Object function = datomic.Peer.function(Map.of(
                TestDatabase.key("lang"),
                "clojure",
                TestDatabase.key("params"),
                TestDatabase.read(params),
                TestDatabase.key("code"),
                code));
        storage.transact(List.of(
                Map.of(TestDatabase.key("db/ident"), TestDatabase.key(name), TestDatabase.key("db/fn"), function)));
    }

    @AfterAll
    static void close() {
        database.close();
        storage.close();
    }

    private static TransactionForm form(String data) {
        return TransactionForm.parse(TestDatabase.list(data));
    }

    private static Object it(DbValue value) {
        return String.valueOf(value.pull(
                SelectorForm.parse(TestDatabase.read("[:f/n :f/text]")), TestDatabase.read("[:f/id 'it']"), null));
    }

    @Test
    void aFunctionAndTheOneThatItCallsBecomePartOfTheTransaction() {
        TransactionReport report = database.transact(form("[[:f/count [:f/id 'it'] 5]]"), null)
                .toCompletableFuture()
                .join();

        assertThat(it(report.dbAfter())).isEqualTo("{:f/n 5, :f/text \"5\"}");
    }

    @Test
    void aFunctionWorksInWhatWouldBe() {
        DbValue before = database.current();
        TransactionReport report = before.with(form("[[:f/count [:f/id 'it'] 7] {:f/id 'other'}]"), null);

        assertThat(it(report.dbAfter())).isEqualTo("{:f/n 7, :f/text \"7\"}");
        assertThat(it(database.current())).isEqualTo(it(before));
    }

    @Test
    void aFunctionThatCancelsSaysWhyInItsOwnWords() {
        for (Anomaly anomaly : refusals("[[:f/count [:f/id 'it'] 0]]")) {
            assertThat(anomaly.category()).isEqualTo(Category.CONFLICT);
            assertThat(anomaly.message()).isEqualTo("positive numbers only");
            assertThat(anomaly.data()).containsEntry(TestDatabase.key("f/asked"), List.of(0L, "times"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[:f/count [:f/id 'it']]]|Wrong number of args",
                "[[:f/count [:f/id 'it'] 'five']]|cannot be cast",
                "[[:f/count [:f/id 'nobody'] 5]]|:f/id",
                "[[:f/describe [:f/id 'it'] 5]]|:f/text",
                "[[:f/count [:f/id 'it'] 5] [:f/count [:f/id 'it'] 6]]|:f/"
            })
    void aFunctionThatFailsIsIncorrect(String data, String part) {
        for (Anomaly anomaly : refusals(data)) {
            assertThat(anomaly.category()).isEqualTo(Category.INCORRECT);
            assertThat(anomaly.message()).contains(part);
        }
    }

    /** Why a transaction is refused, and why it would be. */
    private static List<Anomaly> refusals(String data) {
        CompletionException real = catchThrowableOfType(
                CompletionException.class,
                () -> database.transact(form(data), null).toCompletableFuture().join());
        AnomalyException speculative = catchThrowableOfType(
                AnomalyException.class, () -> database.current().with(form(data), null));
        AnomalyException cause = (AnomalyException) Objects.requireNonNull(real.getCause());
        return List.of(cause.anomaly(), speculative.anomaly());
    }
}
