package peerserver.op;

import clojure.lang.Keyword;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import peerserver.config.RequestConfig;
import peerserver.security.Caller;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/** Brings a request to the handler of its operation and sees that it is over in time. */
@Singleton
public class Dispatcher {

    private final Map<Operation, OperationHandler> handlers = new EnumMap<>(Operation.class);
    private final RequestConfig config;

    @Inject
    Dispatcher(Instance<OperationHandler> handlers, RequestConfig config) {
        handlers.forEach(handler -> this.handlers.put(handler.operation(), handler));
        this.config = config;
    }

    /**
     * Carries out a request.
     *
     * @param request the decoded body
     * @return the map of the answer, or an {@link AnomalyException}
     */
    public CompletionStage<Map<Keyword, Object>> dispatch(Caller caller, Object request) {
        try {
            Fields fields = Fields.of(request);
            OperationHandler handler = handler(fields.requiredKeyword(Keys.OP));
            Deadline deadline = Deadline.of(fields.optionalLong(Keys.TIMEOUT, 1, Long.MAX_VALUE), config.timeoutMs());
            CompletableFuture<Map<Keyword, Object>> reply =
                    handler.handle(new RequestContext(caller, fields, deadline)).toCompletableFuture();
            return reply.isDone() ? reply : inTime(reply, deadline);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private OperationHandler handler(Keyword op) {
        return Operation.named(op).map(handlers::get).orElseThrow(() -> Anomaly.of(
                        Category.UNSUPPORTED, "Unknown operation " + op)
                .exception());
    }

    private static CompletionStage<Map<Keyword, Object>> inTime(
            CompletableFuture<Map<Keyword, Object>> reply, Deadline deadline) {
        return reply.copy()
                .orTimeout(deadline.remainingMs(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                        thrown instanceof TimeoutException ? deadline.exceeded() : thrown));
    }
}
