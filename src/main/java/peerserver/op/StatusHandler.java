package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.security.Right;
import peerserver.wire.DbValueRef;

/** {@code status}: how far a database is, {@code :t} and {@code :next-t}. */
@Singleton
public class StatusHandler implements OperationHandler {

    private final DbValues values;

    @Inject
    StatusHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.STATUS;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        DbValueRef ref = DbValueRef.from(context.request().asMap());
        return Replies.now(
                Replies.descriptor(values.database(context, ref, Right.READ).current()));
    }
}
