package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.chunk.CursorStore;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.FakeInstance;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

class DispatcherTest {

    private static final Map<Keyword, Object> REPLY = Map.of(Keys.RESULT, 1L);
    private static final Dispatcher PROMPT = dispatcher("600000", context -> Replies.now(REPLY));

    private static Dispatcher dispatcher(
            String capMs, Function<RequestContext, CompletionStage<Map<Keyword, Object>>> work) {
        return new Dispatcher(
                new FakeInstance<>(List.of(new StatusOf(work))),
                RequestConfig.from(new MapConfig(Map.of("peerserver.request.timeout-ms", capMs))),
                House.watch());
    }

    private static CompletionStage<Map<Keyword, Object>> dispatch(Dispatcher dispatcher, Object request) {
        return dispatcher.dispatch(House.READER, CursorStore.NONE, System.nanoTime(), () -> request, late -> {});
    }

    private static Throwable thrown(CompletionStage<?> reply) {
        return catchThrowable(() -> reply.toCompletableFuture().join());
    }

    private static Anomaly refusal(Dispatcher dispatcher, String request) {
        Object body = EdnCodec.readString(request.replace('\'', '"'));
        return Failures.anomaly(thrown(dispatch(dispatcher, body)));
    }

    @Test
    void aRequestIsCarriedOutByTheHandlerOfItsOperation() {
        Dispatcher dispatcher = dispatcher(
                "600000",
                context -> Replies.now(Map.of(Keys.RESULT, context.request().required(Keys.DB_NAME))));

        assertThat(dispatch(dispatcher, House.request("{:op :status :db-name 'orders'}"))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Map.of(Keys.RESULT, "orders"));
    }

    @Test
    void anUnknownOperationIsUnsupportedByName() {
        assertThat(refusal(PROMPT, "{:op :my/op}"))
                .isEqualTo(Anomaly.of(Category.UNSUPPORTED, "Unknown operation :my/op"));
        assertThat(refusal(PROMPT, "{:op :q}").category()).isEqualTo(Category.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:db-name 'orders'}",
                "{:op 'status'}",
                "{:op nil}",
                "{'op' :status}",
                "[:op :status]",
                "'text'",
                "{:op :status :timeout 0}",
                "{:op :status :timeout 'x'}"
            })
    void aRequestThatIsNoRequestIsIncorrect(String request) {
        assertThat(refusal(PROMPT, request).category()).isEqualTo(Category.INCORRECT);
    }

    @ParameterizedTest
    @CsvSource({
        "600000, {:op :status :timeout 5}, INTERRUPTED",
        "5, {:op :status}, INCORRECT",
        "5, {:op :status :timeout 50000}, INCORRECT"
    })
    void aRequestWhoseAnswerDoesNotComeIsGivenUpAtItsDeadline(String capMs, String request, Category category)
            throws Exception {
        CompletableFuture<AnomalyException> late = new CompletableFuture<>();
        Dispatcher waiting = dispatcher(capMs, context -> new CompletableFuture<>());

        CompletionStage<?> reply = waiting.dispatch(
                House.READER, CursorStore.NONE, System.nanoTime(), () -> House.request(request), late::complete);

        assertThat(late.get(60, TimeUnit.SECONDS).anomaly().category()).isEqualTo(category);
        assertThat(reply.toCompletableFuture()).isNotDone();
    }

    @Test
    void aRequestThatIsWorkedOnPastItsDeadlineIsGivenUpMeanwhile() throws Exception {
        CompletableFuture<AnomalyException> late = new CompletableFuture<>();
        Dispatcher slow = dispatcher("600000", context -> {
            // The handler holds its thread until somebody else has noticed.
            late.orTimeout(60, TimeUnit.SECONDS).join();
            return Replies.now(REPLY);
        });

        CompletionStage<?> reply = slow.dispatch(
                House.READER,
                CursorStore.NONE,
                System.nanoTime(),
                () -> House.request("{:op :status :timeout 20}"),
                late::complete);

        assertThat(late.get().anomaly())
                .isEqualTo(Anomaly.of(Category.INTERRUPTED, "The request took longer than its :timeout of 20 ms"));
        assertThat(reply.toCompletableFuture().join()).isEqualTo(REPLY);
    }

    @Test
    void aRequestWhoseTurnComesTooLateIsNotWorkedOn() {
        List<RequestContext> workedOn = new ArrayList<>();
        Dispatcher dispatcher = dispatcher("600000", context -> {
            workedOn.add(context);
            return Replies.now(REPLY);
        });
        long aMinuteAgo = System.nanoTime() - TimeUnit.MINUTES.toNanos(1);

        CompletionStage<?> reply = dispatcher.dispatch(
                House.READER,
                CursorStore.NONE,
                aMinuteAgo,
                () -> House.request("{:op :status :timeout 50000}"),
                late -> {});

        assertThat(Failures.anomaly(thrown(reply)).category()).isEqualTo(Category.INTERRUPTED);
        assertThat(workedOn).isEmpty();
    }

    @Test
    void aRequestThatIsDecodedForTooLongIsGivenUpMeanwhile() throws Exception {
        CompletableFuture<AnomalyException> late = new CompletableFuture<>();

        dispatcher("20", context -> Replies.now(REPLY))
                .dispatch(
                        House.READER,
                        CursorStore.NONE,
                        System.nanoTime(),
                        () -> House.request(late.orTimeout(60, TimeUnit.SECONDS).join() + ""),
                        late::complete);

        assertThat(late.get().anomaly().category()).isEqualTo(Category.INCORRECT);
    }

    @Test
    void aRequestThatHasEndedIsNeverLate() throws Exception {
        CompletableFuture<AnomalyException> late = new CompletableFuture<>();

        PROMPT.dispatch(
                House.READER,
                CursorStore.NONE,
                System.nanoTime(),
                () -> House.request("{:op :status :timeout 1}"),
                late::complete);

        Thread.sleep(300);
        assertThat(late).isNotDone();
    }

    @Test
    void whatAHandlerThrowsAtOnceOrLaterIsPassedOn() {
        Anomaly anomaly = Anomaly.of(Category.CONFLICT, "no");
        CompletableFuture<Map<Keyword, Object>> later = new CompletableFuture<>();
        CompletionStage<Map<Keyword, Object>> reply =
                dispatch(dispatcher("600000", context -> later), House.request("{:op :status}"));
        later.completeExceptionally(anomaly.exception());
        Dispatcher atOnce = dispatcher("600000", context -> {
            throw anomaly.exception();
        });

        assertThat(refusal(atOnce, "{:op :status}")).isEqualTo(anomaly);
        assertThat(Failures.anomaly(thrown(reply))).isEqualTo(anomaly);
    }

    @Test
    void aHandlerThatBreaksFailsItsReplyAndNotTheThread() {
        for (Error error :
                List.of(new StackOverflowError(), new AssertionError("broken"), new NoClassDefFoundError())) {
            Dispatcher broken = dispatcher("600000", context -> {
                throw error;
            });

            assertThat(thrown(dispatch(broken, House.request("{:op :status}")))).hasCause(error);
        }
    }

    private record StatusOf(Function<RequestContext, CompletionStage<Map<Keyword, Object>>> work)
            implements OperationHandler {

        @Override
        public Operation operation() {
            return Operation.STATUS;
        }

        @Override
        public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
            return work.apply(context);
        }
    }
}
