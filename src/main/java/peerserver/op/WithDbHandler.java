package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.db.NamedDatabase;
import peerserver.security.Right;
import peerserver.wire.DbValueRef;

/** {@code with-db}: the newest db value, with a handle that {@code with} can build on. */
@Singleton
public class WithDbHandler implements OperationHandler {

    private final DbValues values;
    private final SpeculativeValues speculative;

    @Inject
    WithDbHandler(DbValues values, SpeculativeValues speculative) {
        this.values = values;
        this.speculative = speculative;
    }

    @Override
    public Operation operation() {
        return Operation.WITH_DB;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        NamedDatabase database =
                values.database(context, DbValueRef.from(context.request().asMap()), Right.READ);
        return values.newest(context, database)
                .thenApply(value -> Replies.descriptor(value, speculative.handleOfDurable(context.caller(), value)));
    }
}
