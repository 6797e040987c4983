package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clojure.lang.Keyword;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.chunk.CursorStore;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.FakeDatabase;
import peerserver.db.NumbersValue;
import peerserver.db.TestDatabases;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Keys;

/** What becomes of those who ask for a database that is just being connected. */
class ConnectingDatabaseTest {

    private static final Caller READER = House.caller("reader", Set.of(Right.READ), "orders");

    private final CountDownLatch connected = new CountDownLatch(1);
    private final TestDatabases declared =
            TestDatabases.connecting("orders", new FakeDatabase(new NumbersValue("orders-id", 100, 3)), connected);

    @AfterEach
    void stop() {
        connected.countDown();
        declared.remove("orders");
    }

    private CompletableFuture<Map<Keyword, Object>> ask(Map<String, String> settings, String request) {
        Dispatcher dispatcher = Handlers.dispatcher(
                declared.databases(),
                RequestConfig.from(new MapConfig(settings)),
                IterationConfig.from(new MapConfig(Map.of())),
                Clock.systemUTC());
        return dispatcher
                .dispatch(READER, CursorStore.NONE, System.nanoTime(), () -> House.request(request), late -> {})
                .toCompletableFuture();
    }

    private static void assertUnavailable(CompletableFuture<?> answer) {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(answer::join)
                .havingCause()
                .isInstanceOfSatisfying(AnomalyException.class, e -> assertThat(e.anomaly())
                        .isEqualTo(Anomaly.of(Category.UNAVAILABLE, "Database orders is being connected")));
    }

    @Test
    void whoConnectsToItWaitsForTheFirstAttempt() {
        CompletableFuture<Map<Keyword, Object>> answer =
                ask(Map.of(), "{:op :datomic.catalog/resolve-db :db-name 'orders'}");
        assertThat(answer).isNotDone();

        connected.countDown();

        assertThat(answer.join()).containsEntry(Keys.DATABASE_ID, "orders-id");
    }

    @Test
    void butNotForever() {
        assertUnavailable(
                ask(Map.of("peerserver.basis.wait-ms", "10"), "{:op :datomic.catalog/resolve-db :db-name 'orders'}"));
    }

    @Test
    void whateverElseIsAskedForIsUnavailableAtOnce() {
        assertUnavailable(ask(Map.of(), "{:op :status :db-name 'orders'}"));
    }
}
