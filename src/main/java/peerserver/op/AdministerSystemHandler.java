package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.security.Right;
import peerserver.wire.AnomalyException;
import peerserver.wire.Keys;

/** {@code administer-system}: {@code :upgrade-schema} of a database, for callers with the admin right on it. */
@Singleton
public class AdministerSystemHandler implements OperationHandler {

    private static final Keyword UPGRADE_SCHEMA = Keyword.intern(null, "upgrade-schema");

    private final DbValues values;

    @Inject
    AdministerSystemHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.ADMINISTER_SYSTEM;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        Keyword action = context.request().requiredKeyword(Keys.ACTION);
        if (!UPGRADE_SCHEMA.equals(action)) {
            throw AnomalyException.incorrect("Expected :upgrade-schema for :action");
        }
        String name = context.request().requiredString(Keys.DB_NAME);
        return Replies.now(
                Replies.result(values.named(context.caller(), name, Right.ADMIN).administer(action)));
    }
}
