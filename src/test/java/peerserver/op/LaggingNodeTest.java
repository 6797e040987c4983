package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.chunk.MapCursorStore;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.TestDatabases;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Keys;

/** A client that has seen a t on one node asks another that has not. */
class LaggingNodeTest {

    private static final Caller READER = House.caller("reader", Set.of(Right.READ), "orders");

    private final MapCursorStore session = new MapCursorStore();
    private final Node ahead = new Node(105, "60000");

    private final class Node {

        private final LaggingDatabase database;
        private final Dispatcher dispatcher;

        Node(long t, String waitMs) {
            database = new LaggingDatabase("orders-id", t);
            dispatcher = Handlers.dispatcher(
                    TestDatabases.of(Map.of("orders", database)).databases(),
                    RequestConfig.from(new MapConfig(Map.of("peerserver.basis.wait-ms", waitMs))),
                    IterationConfig.from(new MapConfig(Map.of())),
                    Clock.systemUTC());
        }

        CompletableFuture<Map<Keyword, Object>> ask(Map<?, ?> request) {
            return dispatcher
                    .dispatch(READER, session, System.nanoTime(), () -> request, late -> {})
                    .toCompletableFuture();
        }
    }

    private static Map<?, ?> request(String edn) {
        return House.request(edn.replace("$db", ":database-id 'orders-id' :t 105 :next-t 106"));
    }

    private void waitsForIt(Map<?, ?> request) {
        Map<Keyword, Object> wanted = ahead.ask(request).join();
        Node behind = new Node(100, "60000");
        CompletableFuture<Map<Keyword, Object>> answer = behind.ask(request);

        assertThat(answer).isNotDone();
        for (long t = 101; t < 105; t++) {
            behind.database.arrive(t);
        }
        assertThat(answer).isNotDone();
        behind.database.arrive(105);
        Map<Keyword, Object> given = answer.orTimeout(30, TimeUnit.SECONDS).join();
        for (Keyword entry : List.of(Keys.DATA, Keys.RESULT, Keys.T, Keys.COUNT)) {
            assertThat(given.get(entry)).isEqualTo(wanted.get(entry));
        }
    }

    private static Anomaly refusal(CompletableFuture<?> answer) {
        try {
            throw new AssertionError(
                    "answered " + answer.orTimeout(30, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            return ((AnomalyException) Objects.requireNonNull(e.getCause())).anomaly();
        }
    }

    private void isToldBothTs(Map<?, ?> request) {
        Anomaly refused = refusal(new Node(100, "20").ask(request));

        assertThat(refused.category()).isEqualTo(Category.UNAVAILABLE);
        assertThat(refused.message()).contains("t 105", "100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:op :q :query [:find ?n :where [?n]] :args [{$db}] :limit -1}",
                "{:op :pull $db :selector [*] :eid 17}",
                "{:op :datoms $db :index :eavt :limit -1}",
                "{:op :index-range $db :attrid :a/b :limit -1}",
                "{:op :index-pull $db :index :avet :selector [*] :start [:a/b] :limit -1}",
                "{:op :db-stats $db}",
                "{:op :with-db $db}"
            })
    void nothingLessIsShown(String request) {
        waitsForIt(request(request));
        isToldBothTs(request(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:op :q :query [:find ?n :where [?n]] :args [{:database-id 'orders-id'}] :chunk 60}",
                "{:op :datoms :database-id 'orders-id' :index :eavt :chunk 60}"
            })
    void anIterationGoesOnAtTheTWhereItBegan(String request) {
        Map<Keyword, Object> first = ahead.ask(request(request)).join();

        waitsForIt(House.next(first));
        isToldBothTs(House.next(first));
    }

    @Test
    void aValueToBuildUponIsTheOneThatWasGiven() {
        Map<Object, Object> with = new HashMap<>(request("{:op :with :database-id 'orders-id' :tx-data []}"));
        with.put(
                Keys.NEXT_TOKEN,
                Objects.requireNonNull(ahead.ask(request("{:op :with-db :database-id 'orders-id'}"))
                        .join()
                        .get(Keys.NEXT_TOKEN)));

        waitsForIt(with);
        isToldBothTs(with);
    }
}
