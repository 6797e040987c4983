package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.security.Right;
import peerserver.wire.Keys;

/** {@code resolve-db}: from {@code :db-name} to {@code :database-id}. Waits for a database that is just being connected. */
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
        return values.attempted(context, name, Right.READ).thenApply(database -> {
            Map<Keyword, Object> reply = new HashMap<>();
            reply.put(Keys.DATABASE_ID, database.databaseId());
            return reply;
        });
    }
}
