package peerserver.fuzz;

import clojure.lang.Keyword;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.CursorStore;
import peerserver.chunk.TokenKey;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.Databases;
import peerserver.db.TestDatabases;
import peerserver.db.peer.MemoryDatabase;
import peerserver.op.Dispatcher;
import peerserver.op.Handlers;
import peerserver.security.Caller;
import peerserver.security.Grant;
import peerserver.security.Right;
import peerserver.wire.AnomalyException;
import peerserver.wire.Keys;

/** Everything behind the servlet, on real databases in memory: {@code hello} to read and {@code scratch} to write. */
final class ServedInMemory implements AutoCloseable {

    /** Whose code is trusted, so that what is damaged reaches the engines. */
    static final Caller CALLER = caller("reader", true);

    /** The same, but for its code. */
    static final Caller CONFINED = caller("reader", false);

    private static final Caller OTHER = caller("other", true);
    private static final RequestConfig CONFIG = RequestConfig.from(
            new MapConfig(Map.of("peerserver.basis.wait-ms", "1", "peerserver.request.timeout-ms", "2000")));
    private static final IterationConfig ITERATION = IterationConfig.from(
            new MapConfig(Map.of("peerserver.iterations.per-caller", "16", "peerserver.speculative.per-caller", "16")));

    private final MemoryDatabase hello = new MemoryDatabase("hello", Corpus.TRANSACTIONS.toArray(String[]::new));
    private final MemoryDatabase scratch = new MemoryDatabase("scratch", Corpus.TRANSACTIONS.toArray(String[]::new));
    private final Databases databases = TestDatabases.of(
                    Map.of("hello", hello.served(), "scratch", scratch.served()), "away")
            .databases();
    private final Dispatcher dispatcher = Handlers.dispatcher(databases, CONFIG, ITERATION, Clock.systemUTC());

    /** A caller who may read and administer both databases, and write one. */
    private static Caller caller(String name, boolean trustedCode) {
        return new Caller(
                name,
                List.of(
                        Grant.of(List.of("*"), Set.of(Right.READ, Right.ADMIN)),
                        Grant.of(List.of("scratch"), Set.of(Right.WRITE))),
                List.of(TokenKey.derive(name, "secret of " + name)),
                trustedCode);
    }

    Corpus corpus() {
        Dispatcher longAgo =
                Handlers.dispatcher(databases, CONFIG, ITERATION, Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)));
        return Corpus.of(
                Map.of("hello", "hello-id", "scratch", "scratch-id"),
                hello.served().current().basisT(),
                handle(dispatcher, CALLER),
                nextToken(dispatcher, CALLER),
                List.of(
                        handle(dispatcher, OTHER),
                        nextToken(dispatcher, OTHER),
                        handle(longAgo, CALLER),
                        nextToken(longAgo, CALLER)));
    }

    private static String handle(Dispatcher dispatcher, Caller caller) {
        return token(dispatcher, caller, "{:op :with-db :db-name 'hello'}");
    }

    private static String nextToken(Dispatcher dispatcher, Caller caller) {
        return token(dispatcher, caller, "{:op :datoms :db-name 'hello' :index :eavt :chunk 2}");
    }

    private static String token(Dispatcher dispatcher, Caller caller, String request) {
        Map<Keyword, Object> reply = dispatcher
                .dispatch(caller, CursorStore.NONE, System.nanoTime(), () -> Corpus.request(request), late -> {})
                .toCompletableFuture()
                .join();
        return (String) Objects.requireNonNull(reply.get(Keys.NEXT_TOKEN));
    }

    /**
     * Carries out a request as the servlet has it done.
     *
     * @return the answer
     * @throws AnomalyException what the caller would be told
     */
    Map<Keyword, Object> answer(Object request) {
        return answer(CALLER, request);
    }

    /** The same for one of the callers. */
    Map<Keyword, Object> answer(Caller caller, Object request) {
        try {
            return dispatcher
                    .dispatch(caller, CursorStore.NONE, System.nanoTime(), () -> request, late -> {})
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw told(e);
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    private static RuntimeException told(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof AnomalyException known) {
            return known;
        }
        throw new Incident(cause);
    }

    /** Something that would be a fault with an incident id. */
    static final class Incident extends RuntimeException {
        Incident(@Nullable Throwable cause) {
            super(String.valueOf(cause), cause);
            if (cause != null) {
                setStackTrace(cause.getStackTrace());
            }
        }
    }

    /** Whether a valid request is still answered. */
    boolean goesOn() {
        Map<Keyword, Object> reply = answer(Corpus.request(
                "{:op :q :query [:find ?n :where [?e :item/name ?n]] :args [{:database-id 'hello-id'}]}"));
        return reply.get(Keys.DATA) instanceof List<?> rows && rows.size() == 5;
    }

    @Override
    public void close() {
        hello.close();
        scratch.close();
    }
}
