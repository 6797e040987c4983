package peerserver.op;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code list-dbs}: the names of the databases that the caller may see, in alphabetical order. */
@Singleton
public class ListDbsHandler implements OperationHandler {

    private final DbValues values;

    @Inject
    ListDbsHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.LIST_DBS;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        List<String> names = values.visibleTo(context.caller()).stream()
                .map(database -> database.name())
                .sorted()
                .toList();
        return Replies.now(Replies.result(PersistentVector.create(names)));
    }
}
