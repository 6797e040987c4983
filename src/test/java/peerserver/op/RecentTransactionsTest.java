package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import peerserver.chunk.TokenOwner;
import peerserver.config.TransactionConfig;
import peerserver.form.TransactionForm;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Keys;

class RecentTransactionsTest {

    private static final Caller ALICE = House.caller("alice", Set.of(Right.WRITE), "*");
    private static final Caller BOB = House.caller("bob", Set.of(Right.WRITE), "*");
    private static final TransactionForm NOTHING = new TransactionForm(List.of());
    private static final int WINDOW_MS = 1_000;

    private final AtomicLong nanoTime = new AtomicLong();
    private final HeldDatabase database = new HeldDatabase("it");
    private final RecentTransactions recent = within(new TransactionConfig(WINDOW_MS, 3, 1_000_000));

    private RecentTransactions within(TransactionConfig config) {
        return new RecentTransactions(new NodeOutcomeStore(config, nanoTime::get), Handlers.alone());
    }

    private CompletableFuture<Map<Keyword, Object>> send(
            RecentTransactions to, Caller caller, HeldDatabase database, String txId, long data) {
        return to.once(caller, database, txId, data, () -> database.transact(NOTHING, null))
                .toCompletableFuture();
    }

    private CompletableFuture<Map<Keyword, Object>> send(String txId) {
        return send(recent, ALICE, database, txId, 1);
    }

    /** Sends a transaction that succeeds at once if it is submitted, and tells whether it was. */
    private boolean submitted(RecentTransactions to, String txId) {
        int before = database.submissions();
        CompletableFuture<Map<Keyword, Object>> answer = send(to, ALICE, database, txId, 1);
        boolean submitted = database.submissions() > before;
        if (submitted) {
            database.succeed(before, 100 + before);
        }
        assertThat(answer).isCompleted();
        return submitted;
    }

    private static Anomaly failure(CompletableFuture<?> answer) {
        try {
            throw new AssertionError("answered " + answer.join());
        } catch (CompletionException e) {
            return ((AnomalyException) Objects.requireNonNull(e.getCause())).anomaly();
        }
    }

    @Test
    void whatIsSentAgainAfterwardsIsAnsweredTheSameAndNotSubmitted() {
        CompletableFuture<Map<Keyword, Object>> first = send("id");
        database.succeed(0, 7);

        assertThat(send("id").join())
                .isEqualTo(first.join())
                .containsKeys(Keys.TX_DATA, Keys.TEMPIDS, Keys.DB_BEFORE, Keys.DB_AFTER, Keys.DBS, Keys.IO_STATS);
        assertThat(database.submissions()).isEqualTo(1);
    }

    @Test
    void whatIsSentAgainMeanwhileWaitsForTheOutcome() {
        CompletableFuture<Map<Keyword, Object>> first = send("id");
        CompletableFuture<Map<Keyword, Object>> second = send("id");

        assertThat(second).isNotDone();
        database.succeed(0, 7);

        assertThat(second.join()).isEqualTo(first.join());
        assertThat(database.submissions()).isEqualTo(1);
    }

    @Test
    void manyAtOnceAreSubmittedOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 200; round++) {
                String txId = "id" + round;
                CountDownLatch ready = new CountDownLatch(16);
                List<Future<Map<Keyword, Object>>> sent = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    sent.add(threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return send(txId).join();
                    }));
                }
                // Some ask before it is made, others while it is being kept, others afterwards.
                while (database.submissions() == round) {
                    Thread.onSpinWait();
                }
                database.succeed(round, round + 2L);
                for (Future<Map<Keyword, Object>> answer : sent) {
                    assertThat(dbAfter(answer.get(30, TimeUnit.SECONDS))).containsEntry(Keys.T, round + 2L);
                }
                assertThat(database.submissions()).isEqualTo(round + 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Keyword, Object> dbAfter(Map<Keyword, Object> answer) {
        return (Map<Keyword, Object>) Objects.requireNonNull(answer.get(Keys.DB_AFTER));
    }

    @Test
    void aFailureIsAnsweredTheSameForItsTransactionMayHaveBeenMade() {
        Anomaly anomaly = new Anomaly(
                Category.UNAVAILABLE,
                "out of reach",
                Map.of(Keyword.intern("db", "error"), Keyword.intern("db.error", "x")));
        CompletableFuture<Map<Keyword, Object>> first = send("id");
        CompletableFuture<Map<Keyword, Object>> meanwhile = send("id");
        database.submitted(0).completeExceptionally(anomaly.exception());

        assertThat(failure(first)).isEqualTo(anomaly);
        assertThat(failure(meanwhile)).isEqualTo(anomaly);
        assertThat(failure(send("id"))).isEqualTo(anomaly);
        assertThat(database.submissions()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeSubmittedIsSubmittedWhenItIsSentAgain() {
        CompletableFuture<?> refused = recent.once(ALICE, database, "id", 1, () -> {
                    throw Anomaly.of(Category.UNAVAILABLE, "not connected").exception();
                })
                .toCompletableFuture();

        assertThat(failure(refused).message()).isEqualTo("not connected");
        assertThat(submitted(recent, "id")).isTrue();
    }

    @Test
    void otherDataUnderTheSameIdIsRefused() {
        CompletableFuture<Map<Keyword, Object>> first = send("id");
        CompletableFuture<Map<Keyword, Object>> meanwhile = send(recent, ALICE, database, "id", 2);
        database.succeed(0, 7);

        assertThat(failure(meanwhile).category()).isEqualTo(Category.INCORRECT);
        assertThat(failure(meanwhile).message()).contains(":tx-id");
        assertThat(failure(send(recent, ALICE, database, "id", 2))).isEqualTo(failure(meanwhile));
        assertThat(send("id").join()).isEqualTo(first.join());
        assertThat(database.submissions()).isEqualTo(1);
    }

    @Test
    void callersDatabasesAndIdsAreApart() {
        HeldDatabase other = new HeldDatabase("other");
        assertThat(List.of(
                        send("id"),
                        send("another"),
                        send(recent, BOB, database, "id", 1),
                        send(recent, ALICE, other, "id", 1)))
                .noneMatch(CompletableFuture::isDone);
        assertThat(database.submissions()).isEqualTo(3);
        assertThat(other.submissions()).isEqualTo(1);
        database.succeed(0, 7);
        assertThat(send(recent, BOB, database, "id", 1)).isNotDone();
        assertThat(send(recent, ALICE, other, "id", 1)).isNotDone();
    }

    @Test
    void anOutcomeIsForgottenOnceItsTimeIsOver() {
        assertThat(submitted(recent, "id")).isTrue();
        nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(WINDOW_MS) - 1);
        assertThat(submitted(recent, "id")).isFalse();
        nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(WINDOW_MS));
        assertThat(submitted(recent, "id")).isTrue();
    }

    @Test
    void whatIsUnderWayIsNotForgotten() {
        assertThat(send("id")).isNotDone();
        nanoTime.addAndGet(TimeUnit.DAYS.toNanos(1));
        for (int i = 0; i < 10; i++) {
            submitted(recent, "other" + i);
        }
        assertThat(send("id")).isNotDone();
        assertThat(database.submissions()).isEqualTo(11);
    }

    @Test
    void theOutcomeThatWasUsedLongestAgoGoesFirst() {
        for (String txId : List.of("a", "b", "c", "a", "d")) {
            submitted(recent, txId);
        }
        assertThat(submitted(recent, "c")).isFalse();
        assertThat(submitted(recent, "d")).isFalse();
        assertThat(submitted(recent, "a")).isFalse();
        assertThat(submitted(recent, "b")).isTrue();
    }

    @Test
    void theBytesOfOutcomesAreBounded() {
        RecentTransactions small = within(new TransactionConfig(WINDOW_MS, 1_000, 10_000));
        for (int i = 0; i < 100; i++) {
            submitted(small, "id" + i);
        }
        assertThat(submitted(small, "id99")).isFalse();
        assertThat(submitted(small, "id50")).isTrue();
    }

    @Test
    void aTransactionWhoseOutcomeCannotBeKeptIsAnsweredNevertheless() {
        RecentTransactions forgetful = new RecentTransactions(
                new OutcomeStore() {
                    @Override
                    public void keep(TokenOwner owner, String id, Outcome outcome) {
                        throw new IllegalStateException("no room");
                    }

                    @Override
                    public @Nullable Outcome find(TokenOwner owner, String id) {
                        return null;
                    }
                },
                Handlers.alone());
        assertThat(submitted(forgetful, "id")).isTrue();
        assertThat(submitted(forgetful, "id")).isTrue();
    }
}
