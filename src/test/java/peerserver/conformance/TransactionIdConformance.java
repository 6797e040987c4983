package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that are sent again under the same {@code :tx-id}. */
abstract class TransactionIdConformance extends Conformance {

    private Connection other;

    TransactionIdConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        String schema = "[{:db/ident :again/note :db/valueType :db.type/string :db/cardinality :db.cardinality/one}"
                + " {:db/ident :again/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                + " :db/unique :db.unique/identity}"
                + " {:db/ident :again/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many}]";
        other = client.connect(Target.OTHER);
        hello.transact("%s", schema);
        other.transact("%s", schema);
    }

    /** A request to make an entity that nothing but this note tells from others: made twice, there are two. */
    private static Object request(Connection connection, Object txId, String note) {
        return request(connection, txId, Clj.edn("[{:again/note \"%s\"}]", note));
    }

    private static Object request(Connection connection, Object txId, Object txData) {
        Object own = Clj.mapOf("op", Clj.keyword("transact"), "tx-id", txId, "tx-data", txData);
        return Clj.merge(RawContext.of(connection.db()), own);
    }

    private static List<Object> made(Connection connection, String note) {
        DbValue db = connection.transact("[]").dbAfter();
        return db.q("[:find ?e ?tx :in $ ?note :where [?e :again/note ?note ?tx]]", note);
    }

    private static void assertSame(Object answer, Object first) {
        for (String entry : List.of("tempids", "db-before", "db-after", "dbs")) {
            assertThat(Clj.get(answer, entry)).as(entry).isNotNull().isEqualTo(Clj.get(first, entry));
        }
        assertThat(Datom.all(Clj.get(answer, "tx-data"))).isEqualTo(Datom.all(Clj.get(first, "tx-data")));
    }

    @ParameterizedTest
    @EnumSource(names = {"MSGPACK", "JSON"})
    void whatIsSentTwiceIsMadeOnceAndAnsweredTheSame(Format format) {
        String note = "twice in " + format;
        Object data = Clj.edn(
                "[{:again/note \"%s\" :again/tags [\"b\" \"a\" \"c\"]} {:db/id \"named\" :again/key \"%s\"}]",
                note, note);
        Object request = request(hello, UUID.randomUUID(), data);

        Object first = target.requests().send(format, request).success();
        hello.transact("[[:db/retract [:again/key \"%s\"] :again/key]]", note);

        assertSame(target.requests().send(format, request).success(), first);
        assertThat(made(hello, note)).hasSize(1);
    }

    /** Who has overheard a request cannot make its transaction another time. */
    @Test
    void theVeryBytesSentAgainAreOneTransaction() {
        byte[] body = Format.JSON.encode(request(hello, UUID.randomUUID(), "overheard"));
        SignedRequests requests = target.requests();
        SignedRequests.Signed signed = requests.sign(Format.JSON.mediaType(), body);
        Object first = requests.post(signed).success();
        for (int i = 0; i < 5; i++) {
            assertSame(requests.post(signed).success(), first);
        }

        assertThat(made(hello, "overheard")).hasSize(1);
    }

    @Test
    void theFormatMakesNoDifference() {
        Object request =
                request(hello, UUID.randomUUID(), Clj.edn("[{:again/note \"formats\" :again/tags #{\"x\" \"y\"}}]"));
        for (Format format : Format.values()) {
            assertThat(target.requests().send(format, request).status()).isEqualTo(200);
        }
        assertThat(made(hello, "formats")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sixteenAtOnceAreOneTransaction(boolean large) throws Exception {
        String note = large ? "large crowd" : "crowd";
        Object data = large
                ? Clj.edn("[%s]", ("{:again/note \"" + note + "\"}").repeat(2_000))
                : Clj.edn("[{:again/note \"%s\"}]", note);
        Object request = request(hello, UUID.randomUUID(), data);

        List<Object> answers =
                Crowd.atOnce(thread -> target.requests().send(request).success());

        assertThat(answers).allSatisfy(answer -> assertSame(answer, answers.get(0)));
        assertThat(made(hello, note)).hasSize(large ? 2_000 : 1);
    }

    @Test
    void callersAndDatabasesAreApart() {
        UUID txId = UUID.randomUUID();
        Object here = request(hello, txId, "apart");
        target.requests().send(here).success();
        new SignedRequests(target, target.keys().get(1)).send(here).success();
        target.requests().send(request(other, txId, "apart")).success();

        assertThat(made(hello, "apart")).hasSize(2);
        assertThat(made(other, "apart")).hasSize(1);
    }

    @Test
    void aTextIsAnIdAsWell() {
        Object request = request(hello, "job-" + UUID.randomUUID(), "text");
        target.requests().send(request).success();
        target.requests().send(request).success();

        assertThat(made(hello, "text")).hasSize(1);
    }

    @Test
    void withoutAnIdWhatIsSentTwiceIsMadeTwice() {
        Object request = request(hello, null, "no id");
        target.requests().send(request).success();
        target.requests().send(request).success();

        assertThat(made(hello, "no id")).hasSize(2);
    }

    @Test
    void theClientGivesEveryCallAnIdOfItsOwn() {
        hello.transact("[{:again/note \"client\"}]");
        hello.transact("[{:again/note \"client\"}]");

        assertThat(made(hello, "client")).hasSize(2);
    }

    @Test
    void whatWasRefusedStaysRefusedUnderItsId() {
        Object data = Clj.edn("[{:again/note \"refused\"} [:db/add [:again/key \"refused\"] :again/tags \"x\"]]");
        Object request = request(hello, UUID.randomUUID(), data);
        Failure first = target.requests().send(request).failure().hasCategory("incorrect");

        hello.transact("[{:again/key \"refused\"}]");
        Failure second = target.requests().send(request).failure();

        assertThat(second).isEqualTo(first);
        assertThat(made(hello, "refused")).isEmpty();
    }

    @Test
    void otherDataUnderTheSameIdIsRefused() {
        UUID txId = UUID.randomUUID();
        target.requests().send(request(hello, txId, "one")).success();

        target.requests()
                .send(request(hello, txId, "another"))
                .failure()
                .hasCategory("incorrect")
                .says(":tx-id");
        assertThat(made(hello, "another")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", ":key", "\"\"", "\"two words\"", "[\"id\"]"})
    void anIdOfAnotherKindIsIncorrect(String txId) {
        target.requests()
                .send(request(hello, Clj.edn(txId), "kind"))
                .failure()
                .hasCategory("incorrect")
                .says(":tx-id");
        assertThat(made(hello, "kind")).isEmpty();
    }
}
