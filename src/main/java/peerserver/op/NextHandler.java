package peerserver.op;

import clojure.lang.Keyword;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import peerserver.chunk.Cursor;
import peerserver.db.Rows;
import peerserver.wire.AnomalyException;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/**
 * {@code :next}: the next chunk of an iteration. The token names the position, so asking twice with the same token gives
 * the same chunk; an {@code :offset} that says otherwise is refused.
 */
@Singleton
public class NextHandler implements OperationHandler {

    private final Iterations iterations;
    private final Map<Operation, RowsHandler> handlers = new EnumMap<>(Operation.class);

    @Inject
    NextHandler(Iterations iterations, Instance<RowsHandler> handlers) {
        this.iterations = iterations;
        handlers.forEach(handler -> this.handlers.put(handler.operation(), handler));
    }

    @Override
    public Operation operation() {
        return Operation.NEXT;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        Cursor cursor = iterations.cursor(context, context.request().requiredString(Keys.NEXT_TOKEN));
        OptionalLong offset = context.request().optionalLong(Keys.OFFSET, 0, Long.MAX_VALUE);
        if (offset.isPresent() && offset.getAsLong() != cursor.resume().row()) {
            throw AnomalyException.incorrect(
                    "The :next-token stands at offset " + cursor.resume().row() + ", not at " + offset.getAsLong());
        }
        RequestContext begun = context.continuing(Fields.of(cursor.request()));
        RowsHandler handler = handler(begun);
        RequestContext checked = begun.with(handler.fixed(begun));
        Rows rows = iterations.atHand(checked, cursor);
        return rows != null
                ? Replies.now(iterations.chunk(checked, cursor, rows))
                : handler.find(checked, cursor.resume())
                        .thenApply(found -> iterations.chunk(checked, cursor, found.rows()));
    }

    private RowsHandler handler(RequestContext begun) {
        return Operation.named(begun.request().requiredKeyword(Keys.OP))
                .map(handlers::get)
                .orElseThrow(() -> AnomalyException.incorrect("The :next-token is of no operation that yields rows"));
    }
}
