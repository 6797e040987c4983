package peerserver.op;

import clojure.lang.Keyword;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import peerserver.chunk.CursorStore;
import peerserver.config.RequestConfig;
import peerserver.security.Caller;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/** Brings a request to the handler of its operation. */
@Singleton
public class Dispatcher {

    private final Map<Operation, OperationHandler> handlers = new EnumMap<>(Operation.class);
    private final RequestConfig config;
    private final DeadlineWatch watch;

    @Inject
    Dispatcher(Instance<OperationHandler> handlers, RequestConfig config, DeadlineWatch watch) {
        handlers.forEach(handler -> this.handlers.put(handler.operation(), handler));
        this.config = config;
        this.watch = watch;
    }

    /**
     * Carries out a request.
     *
     * @param session where recipes are kept that are to come with the caller to another node
     * @param arrival the {@link System#nanoTime} of its arrival: the time that it has begins there
     * @param request decodes its body
     * @param late told, by another thread, when the request is still worked on past its deadline: what an engine is told
     *     to end may go on, and nobody is to wait for it
     * @return the map of the answer, or an {@link AnomalyException}
     */
    public CompletionStage<Map<Keyword, Object>> dispatch(
            Caller caller, CursorStore session, long arrival, Supplier<?> request, Consumer<AnomalyException> late) {
        try {
            Fields fields = fields(arrival, request, late);
            OperationHandler handler = handler(fields.requiredKeyword(Keys.OP));
            OptionalLong timeout = fields.optionalLong(Keys.TIMEOUT, 1, Long.MAX_VALUE);
            Deadline deadline = Deadline.of(arrival, timeout, config.timeoutMs());
            // It may have waited for its turn until nobody wants it any more.
            deadline.check();
            Runnable end = watch.over(deadline, late);
            RequestContext context = new RequestContext(caller, fields, deadline, session);
            return handle(handler, context).whenComplete((reply, thrown) -> {
                context.turn().end();
                end.run();
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Watches over a request that is not dispatched yet, within the time that any may take.
     *
     * @param arrival the {@link System#nanoTime} of its arrival
     * @param late told, by another thread, when that has passed
     * @return to be run by whoever dispatches it, to end the watch
     */
    public Runnable watch(long arrival, Consumer<AnomalyException> late) {
        return watch.over(Deadline.of(arrival, OptionalLong.empty(), config.timeoutMs()), late);
    }

    /** Decodes the request, within the time that any may take. */
    private Fields fields(long arrival, Supplier<?> request, Consumer<AnomalyException> late) {
        Runnable end = watch(arrival, late);
        try {
            return Fields.of(request.get());
        } finally {
            end.run();
        }
    }

    private static CompletionStage<Map<Keyword, Object>> handle(OperationHandler handler, RequestContext context) {
        try {
            return handler.handle(context);
        } catch (Throwable e) {
            // Errors too: a request that nobody answers keeps its place and its connection.
            return CompletableFuture.failedFuture(e);
        }
    }

    private OperationHandler handler(Keyword op) {
        return Operation.named(op).map(handlers::get).orElseThrow(() -> Anomaly.of(
                        Category.UNSUPPORTED, "Unknown operation " + op)
                .exception());
    }
}
