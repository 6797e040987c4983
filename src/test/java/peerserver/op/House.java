package peerserver.op;

import clojure.lang.Keyword;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import peerserver.chunk.MapCursorStore;
import peerserver.chunk.TokenKey;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.Databases;
import peerserver.db.FakeDatabase;
import peerserver.db.NumbersValue;
import peerserver.db.TestDatabases;
import peerserver.security.Caller;
import peerserver.security.Grant;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

/**
 * All the handlers, with a database {@code orders} of 25 numbers at t 100 and the id {@code orders-id}, a database
 * {@code staff} like it, one whose transactions wait for the test, {@code held}, and one that cannot be reached, {@code
 * away}.
 */
final class House {

    static final Caller READER = caller("reader", Set.of(Right.READ), "orders");

    final NumbersValue numbers;
    final FakeDatabase orders;
    private final TestDatabases declared;
    private final Databases databases;
    private final RequestConfig config;

    /** What comes with the caller from node to node. */
    final MapCursorStore session = new MapCursorStore();

    final HeldDatabase held = new HeldDatabase("held-id");
    private final IterationConfig iteration = IterationConfig.from(new MapConfig(Map.of()));
    private Dispatcher dispatcher;

    House() {
        this(25, Map.of("peerserver.chunk.max", "20"));
    }

    /** A house with another number of orders, and other settings. */
    House(long count, Map<String, String> settings) {
        numbers = new NumbersValue("orders-id", 100, count);
        orders = new FakeDatabase(numbers);
        declared = TestDatabases.of(
                Map.of("orders", orders, "staff", new FakeDatabase(new NumbersValue("staff-id", 5, 3)), "held", held),
                "away");
        databases = declared.databases();
        config = RequestConfig.from(new MapConfig(settings));
        dispatcher = dispatcher();
    }

    static Caller caller(String name, Set<Right> rights, String... databases) {
        return new Caller(
                name, List.of(Grant.of(List.of(databases), rights)), List.of(TokenKey.derive(name, "secret")));
    }

    /** A watch by a thread of its own. */
    static DeadlineWatch watch() {
        return new DeadlineWatch(Handlers::daemon);
    }

    private Dispatcher dispatcher() {
        return Handlers.dispatcher(
                databases, config, iteration, Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC));
    }

    /** Loses all that is kept between requests, as another node would know nothing of it. */
    void forget() {
        dispatcher = dispatcher();
    }

    /** Declares a database otherwise. */
    void declare(String name, Map<String, ?> settings) {
        declared.declare(name, settings);
    }

    /** Declares a database no longer. */
    void remove(String name) {
        declared.remove(name);
    }

    /** A request written as text, in which {@code '} stands for {@code "}. */
    static Map<?, ?> request(String edn) {
        return (Map<?, ?>) EdnCodec.readString(edn.replace('\'', '"'));
    }

    /** The request for the chunk after an answer. */
    static Map<?, ?> next(Map<Keyword, Object> answer) {
        return Map.of(
                Keys.OP,
                Keyword.intern("next"),
                Keys.NEXT_TOKEN,
                Objects.requireNonNull(answer.get(Keys.NEXT_TOKEN)),
                Keys.OFFSET,
                Objects.requireNonNull(answer.get(Keys.NEXT_OFFSET)));
    }

    Map<Keyword, Object> answer(Caller caller, Map<?, ?> request) {
        CompletableFuture<Map<Keyword, Object>> answer = new CompletableFuture<>();
        var unused = dispatcher
                .dispatch(caller, session, System.nanoTime(), () -> request, answer::completeExceptionally)
                .whenComplete((reply, thrown) -> {
                    if (thrown == null) {
                        answer.complete(reply);
                    } else {
                        answer.completeExceptionally(thrown);
                    }
                });
        return answer.join();
    }

    Map<Keyword, Object> answer(String request) {
        return answer(READER, request(request));
    }

    Anomaly refusal(Caller caller, Map<?, ?> request) {
        try {
            throw new AssertionError("not refused: " + answer(caller, request));
        } catch (CompletionException e) {
            if (e.getCause() instanceof AnomalyException refused) {
                return refused.anomaly();
            }
            throw e;
        }
    }

    Anomaly refusal(String request) {
        return refusal(READER, request(request));
    }
}
