package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.db.DatabaseResource;
import peerserver.db.FakeDatabase;
import peerserver.db.FakeDbValue;
import peerserver.db.NamedDatabase;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class AttemptsTest {

    private static final DatabaseResource RESOURCE = DatabaseResource.of("films", "datomic:mem://films");
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Attempts attempts = new Attempts(Thread::new, LONG.toMillis());
    private final CountDownLatch storage = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch interruptions = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final NamedDatabase database = new FakeDatabase(new FakeDbValue("id", 1)) {
        @Override
        public void close() {
            closed.countDown();
        }
    };

    @AfterEach
    void storageAnswers() {
        storage.countDown();
    }

    private NamedDatabase whenStorageAnswers() {
        begun.incrementAndGet();
        try {
            storage.await();
            return database;
        } catch (InterruptedException e) {
            interruptions.countDown();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void timesOut(Supplier<NamedDatabase> connecting) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> attempts.await(RESOURCE, SHORT, connecting))
                .withMessage("No answer from its storage or its transactor within 20 ms")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.UNAVAILABLE));
    }

    @Test
    void whoeverComesBackJoinsTheAttemptThatIsUnderWay() {
        timesOut(this::whenStorageAnswers);
        timesOut(this::whenStorageAnswers);
        storage.countDown();

        assertThat(attempts.await(RESOURCE, LONG, this::whenStorageAnswers)).isSameAs(database);
        assertThat(begun).hasValue(1);
        assertThat(closed.getCount()).isEqualTo(1);
    }

    @Test
    void afterAnAttemptHasEndedAnotherOneIsMade() {
        for (int i = 1; i <= 2; i++) {
            assertThatExceptionOfType(AnomalyException.class)
                    .isThrownBy(() -> attempts.await(RESOURCE, LONG, () -> {
                        begun.incrementAndGet();
                        throw new IllegalStateException("Connection to db?password=s3cr3t refused");
                    }))
                    .withMessage("Connection to db?password=*** refused")
                    .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.UNAVAILABLE));
            assertThat(begun).hasValue(i);
        }
    }

    @Test
    void anErrorOfALibraryIsUnavailableToo() {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> attempts.await(RESOURCE, LONG, () -> {
                    throw new NoClassDefFoundError("a/Driver");
                }))
                .withMessage("a/Driver")
                .withCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void anAttemptThatTakesTenTimesTooLongIsInterruptedAndReplaced() throws InterruptedException {
        timesOut(this::whenStorageAnswers);
        Thread.sleep(10 * SHORT.toMillis());

        timesOut(this::whenStorageAnswers);

        assertThat(begun).hasValue(2);
        assertThat(interruptions.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(closed.getCount()).isEqualTo(1);
    }

    @Test
    void whatNobodyComesBackForIsClosedAfterAWhile() throws Exception {
        Attempts impatient = new Attempts(Thread::new, SHORT.toMillis());
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> impatient.await(RESOURCE, SHORT, this::whenStorageAnswers));

        storage.countDown();

        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(impatient.await(RESOURCE, LONG, this::whenStorageAnswers)).isSameAs(database);
        assertThat(begun).hasValue(2);
    }

    @Test
    void whatIsConnectedIsKeptForWhoComesBack() throws Exception {
        timesOut(this::whenStorageAnswers);
        storage.countDown();
        Thread.sleep(10 * SHORT.toMillis());

        assertThat(attempts.await(RESOURCE, LONG, this::whenStorageAnswers)).isSameAs(database);
        assertThat(begun).hasValue(1);
        assertThat(closed.getCount()).isEqualTo(1);
    }

    @Test
    void whatIsConnectedForNobodyIsClosed() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                attempts.await(RESOURCE, LONG, this::whenStorageAnswers);
            } catch (AnomalyException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        while (begun.get() == 0) {
            Thread.sleep(1);
        }
        caller.interrupt();
        assertThat(interrupted.get()).isTrue();
        storage.countDown();

        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
