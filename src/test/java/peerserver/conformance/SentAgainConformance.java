package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the client does when an answer is lost, and what the server makes of it. Once the client's call has ended, it sends
 * nothing more.
 */
abstract class SentAgainConformance extends Conformance {

    private static final byte[] CLOSED = new byte[0];

    SentAgainConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("[{:db/ident :lost/note :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]");
    }

    private Intermediary transactionsAnswered(Intermediary.Answering answering) {
        return Intermediary.before(
                target.port(),
                (operation, time, answer) ->
                        operation.equals("transact") ? answering.to(operation, time, answer) : answer);
    }

    private Connection through(Intermediary intermediary) {
        return new RealClient(intermediary.endpoint(), target.keys().get(0)).connect(Target.HELLO);
    }

    private void assertMadeOnce(String note) {
        DbValue db = hello.transact("[]").dbAfter();
        assertThat(db.q("[:find ?e :in $ ?note :where [?e :lost/note ?note]]", note))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"503 Service Unavailable", "502 Bad Gateway", "504 Gateway Timeout", ""})
    void aTransactionThatSeemsToHaveFailedIsNotSentAgain(String status) {
        byte[] instead = status.isEmpty() ? CLOSED : Intermediary.status(status);
        try (Intermediary intermediary = transactionsAnswered((operation, time, answer) -> instead)) {
            Connection connection = through(intermediary);

            Failure.of(() -> connection.transact("[{:lost/note \"failed %s\"}]", status))
                    .hasCategory("unavailable");

            assertThat(intermediary.count("transact")).isEqualTo(1);
            assertMadeOnce("failed " + status);
        }
    }

    @Test
    void aTransactionWhoseAnswerIsLateIsNotSentAgain() {
        CountDownLatch givenUp = new CountDownLatch(1);
        try (Intermediary intermediary = transactionsAnswered((operation, time, answer) -> {
            givenUp.await();
            return answer;
        })) {
            Connection connection = through(intermediary);
            Object request = Clj.edn("{:tx-data [{:lost/note \"late\"}] :timeout 1000}");

            Failure failure = Failure.of(() -> connection.transactWith(request));
            givenUp.countDown();

            // Two clocks of the client's run for the same time.
            assertThat(failure.category()).isIn("interrupted", "unavailable");
            assertThat(intermediary.count("transact")).isEqualTo(1);
            assertMadeOnce("late");
        }
    }

    @Test
    void aTransactionThatIsSentAgainBecauseTheServerSeemedBusyIsOneTransaction() {
        try (Intermediary intermediary = transactionsAnswered(
                (operation, time, answer) -> time < 3 ? Intermediary.status("429 Too Many Requests") : answer)) {
            TxReport report = through(intermediary).transact("[{:db/id \"e\" :lost/note \"busy\"}]");

            assertThat(intermediary.count("transact")).isEqualTo(3);
            assertThat(report.dbAfter().single("[:find ?e :where [?e :lost/note \"busy\"]]"))
                    .isEqualTo(report.tempid("e"));
            assertMadeOnce("busy");
        }
    }

    @Test
    void aReadThatSeemsToHaveFailedIsSentAgain() {
        try (Intermediary intermediary = Intermediary.before(
                target.port(),
                (operation, time, answer) -> operation.equals("pull") && time == 1
                        ? Intermediary.status("503 Service Unavailable")
                        : answer)) {
            DbValue db = through(intermediary).db();

            assertThat(db.pull("[:db/ident]", Clj.keyword("db/doc"))).isEqualTo(Clj.edn("{:db/ident :db/doc}"));
            assertThat(intermediary.count("pull")).isEqualTo(2);
        }
    }
}
