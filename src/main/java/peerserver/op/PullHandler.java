package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.form.SelectorForm;
import peerserver.wire.Keys;

/** {@code pull}: what {@code :selector} selects of the entity {@code :eid}. */
@Singleton
public class PullHandler implements OperationHandler {

    private static final Keyword RET = Keyword.intern(null, "ret");

    private final DbValues values;

    @Inject
    PullHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.PULL;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        SelectorForm selector = SelectorForm.parse(context.request().required(Keys.SELECTOR));
        Object entity = context.request().required(Keys.EID);
        Keyword ioContext = context.request().keyword(Keys.IO_CONTEXT);
        return values.of(context).thenApply(value -> {
            Object pulled = value.pull(selector, entity, ioContext);
            return ioContext == null ? Replies.result(pulled) : withStatistics(pulled);
        });
    }

    private static Map<Keyword, Object> withStatistics(@Nullable Object pulled) {
        if (!(pulled instanceof Map<?, ?> answer)) {
            return Replies.result(pulled);
        }
        Map<Keyword, Object> reply = Replies.result(answer.get(RET));
        Object statistics = answer.get(Keys.IO_STATS);
        if (statistics != null) {
            reply.put(Keys.METADATA, Map.of(Keys.IO_STATS, statistics));
        }
        return reply;
    }
}
