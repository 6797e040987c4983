package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code db-stats}: statistics of a db value. */
@Singleton
public class DbStatsHandler implements OperationHandler {

    private final DbValues values;

    @Inject
    DbStatsHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.DB_STATS;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        return values.of(context).thenApply(value -> Replies.result(value.dbStats()));
    }
}
