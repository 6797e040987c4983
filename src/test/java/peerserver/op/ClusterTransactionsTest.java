package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import peerserver.chunk.TokenKey;
import peerserver.config.ClusterConfig;
import peerserver.config.MapConfig;
import peerserver.config.TransactionConfig;
import peerserver.db.FakeInstance;
import peerserver.form.TransactionForm;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Keys;

class ClusterTransactionsTest {

    private static final Caller ALICE = House.caller("alice", Set.of(Right.WRITE), "*");
    private static final TransactionForm NOTHING = new TransactionForm(List.of());

    private final FakeGrid grid = new FakeGrid();
    private final Node one = new Node("60000");
    private final Node other = new Node("60000");

    /** A node with a database of its own, as if each saw the same one. */
    private final class Node {

        private final HeldDatabase database = new HeldDatabase("it");
        private final RecentTransactions recent;

        Node(String waitMs) {
            recent = new RecentTransactions(
                    new NodeOutcomeStore(TransactionConfig.from(new MapConfig(Map.of()))),
                    new ClusterTransactions(
                            new FakeInstance<>(List.of(grid)),
                            ClusterConfig.from(new MapConfig(Map.of("peerserver.grid.wait-ms", waitMs)))));
        }

        CompletableFuture<Map<Keyword, Object>> send(Caller caller, long data) {
            return recent.once(caller, database, "id", data, () -> database.transact(NOTHING, null))
                    .toCompletableFuture();
        }

        CompletableFuture<Map<Keyword, Object>> send() {
            return send(ALICE, 1);
        }
    }

    private static Anomaly failure(CompletableFuture<?> answer) {
        try {
            throw new AssertionError(
                    "answered " + answer.orTimeout(30, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            return ((AnomalyException) Objects.requireNonNull(e.getCause())).anomaly();
        }
    }

    @Test
    void whatOneNodeHasMadeAnotherTellsWithItsData() {
        CompletableFuture<Map<Keyword, Object>> first = one.send();
        one.database.succeed(0, 7);

        assertThat(other.send().join()).isEqualTo(first.join()).containsKey(Keys.TX_DATA);
        assertThat(other.database.submissions()).isZero();
    }

    @Test
    void whoAsksAnotherNodeMeanwhileWaitsForTheOutcome() {
        CompletableFuture<Map<Keyword, Object>> first = one.send();
        CompletableFuture<Map<Keyword, Object>> second = other.send();

        assertThat(second).isNotDone();
        one.database.succeed(0, 7);

        assertThat(second.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(first.join());
        assertThat(other.database.submissions()).isZero();
    }

    @Test
    void aFailureIsTheSameEverywhere() {
        CompletableFuture<?> first = one.send();
        one.database
                .submitted(0)
                .completeExceptionally(Anomaly.of(Category.CONFLICT, "refused").exception());

        assertThat(failure(other.send())).isEqualTo(failure(first));
    }

    @Test
    void whatCouldNotBeSubmittedIsSubmittedByAnotherNode() {
        CompletableFuture<?> refused = one.recent
                .once(ALICE, one.database, "id", 1, () -> {
                    throw Anomaly.of(Category.BUSY, "later").exception();
                })
                .toCompletableFuture();
        CompletableFuture<?> second = other.send();

        assertThat(failure(refused).message()).isEqualTo("later");
        assertThat(second).isNotDone();
        assertThat(other.database.submissions()).isEqualTo(1);
    }

    @Test
    void otherDataUnderTheSameIdIsRefusedMeanwhileAndAfterwards() {
        CompletableFuture<?> first = one.send();

        assertThat(failure(other.send(ALICE, 2)).category()).isEqualTo(Category.INCORRECT);
        one.database.succeed(0, 7);
        assertThat(first).isCompleted();
        assertThat(failure(other.send(ALICE, 2)).message()).contains(":tx-id");
    }

    @Test
    void callersAreApart() {
        var first = one.send();
        var second = other.send(House.caller("bob", Set.of(Right.WRITE), "*"), 1);

        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
        assertThat(other.database.submissions()).isEqualTo(1);
    }

    @Test
    void whenTheNodeThatTookItIsLostTheOutcomeIsNotKnown() {
        var unused = one.send();
        Node hasty = new Node("100");
        Anomaly answer = failure(hasty.send());

        // Clients send neither this nor a transaction again by themselves.
        assertThat(answer.category()).isEqualTo(Category.INTERRUPTED);
        assertThat(answer.message()).contains("has not told what became of it");
        assertThat(failure(other.send())).isEqualTo(answer);
        assertThat(hasty.database.submissions()).isZero();
    }

    @Test
    void aNodeThatIsOnlySlowTellsTheOutcomeAfterAll() {
        CompletableFuture<Map<Keyword, Object>> first = one.send();
        Node hasty = new Node("100");
        failure(hasty.send());
        one.database.succeed(0, 7);

        assertThat(hasty.send().join()).isEqualTo(first.join());
    }

    @Test
    void aTransactionIsMadeWhenTheGridDoesNotAnswer() {
        grid.fails = true;
        CompletableFuture<Map<Keyword, Object>> first = one.send();
        one.database.succeed(0, 7);

        assertThat(first).isCompleted();
        assertThat(one.send().join()).isEqualTo(first.join());
        assertThat(one.database.submissions()).isEqualTo(1);
    }

    @Test
    void aTransactionIsAnsweredWhenTheGridFailsBehindIt() {
        CompletableFuture<Map<Keyword, Object>> first = one.send();
        grid.fails = true;
        one.database.succeed(0, 7);

        assertThat(first).isCompleted();
    }

    @Test
    void theOthersHearOfItOnceTheGridAnswersAgain() {
        Node hasty = new Node("100");
        CompletableFuture<Map<Keyword, Object>> first = hasty.send();
        grid.fails = true;
        hasty.database.succeed(0, 7);
        grid.fails = false;

        assertThat(other.send().orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(first.join());
    }

    @Test
    void outcomesOutliveTheSecretWhileItIsValidAndAreUnknownAfterwards() {
        Caller both = new Caller(
                "alice",
                ALICE.grants(),
                List.of(TokenKey.derive("alice", "newer"), ALICE.tokenKeys().get(0)));
        Caller newer = new Caller("alice", ALICE.grants(), List.of(TokenKey.derive("alice", "newer")));
        CompletableFuture<Map<Keyword, Object>> first = one.send();
        one.database.succeed(0, 7);

        assertThat(other.send(both, 1).join()).isEqualTo(first.join());
        assertThat(failure(other.send(newer, 1)).category()).isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void nothingIsReadableInTheGrid() {
        var unused = one.send();
        one.database.succeed(0, 7);

        assertThat(grid.texts.values())
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).startsWith("v1.").doesNotContain("value of"));
    }

    /** A grid that both nodes see. */
    private static final class FakeGrid implements SharedOutcomes {

        private final Map<String, String> texts = new ConcurrentHashMap<>();
        private volatile boolean fails;

        @Override
        public boolean there() {
            return true;
        }

        private <T> CompletionStage<@Nullable T> done(@Nullable T value) {
            return fails
                    ? CompletableFuture.failedFuture(new TimeoutException())
                    : CompletableFuture.completedFuture(value);
        }

        @Override
        public CompletionStage<@Nullable String> putIfAbsent(String caller, String id, String text) {
            return done(fails ? null : texts.putIfAbsent(caller + ' ' + id, text));
        }

        @Override
        public CompletionStage<@Nullable String> find(String caller, String id) {
            return done(texts.get(caller + ' ' + id));
        }

        @Override
        public CompletionStage<?> put(String caller, String id, String text) {
            return done(fails ? null : texts.put(caller + ' ' + id, text));
        }

        @Override
        public CompletionStage<?> replace(String caller, String id, String before, String text) {
            return done(texts.replace(caller + ' ' + id, before, text));
        }

        @Override
        public CompletionStage<?> remove(String caller, String id, String text) {
            return done(texts.remove(caller + ' ' + id, text));
        }
    }
}
