package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.security.Right;
import peerserver.wire.Keys;

/** {@code resolve-db}: from {@code :db-name} to {@code :database-id}. */
@Singleton
public class ResolveDbHandler implements OperationHandler {

    private final DbValues values;

    @Inject
    ResolveDbHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.RESOLVE_DB;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        String name = context.request().requiredString(Keys.DB_NAME);
        Map<Keyword, Object> reply = new HashMap<>();
        reply.put(
                Keys.DATABASE_ID,
                values.named(context.caller(), name, Right.READ).databaseId());
        return Replies.now(reply);
    }
}
