package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** {@code delete-db}: unsupported, for a peer server owns no database. */
@Singleton
public class DeleteDbHandler implements OperationHandler {

    @Override
    public Operation operation() {
        return Operation.DELETE_DB;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        throw Anomaly.of(
                        Category.UNSUPPORTED,
                        "A peer server owns no database and cannot delete one: its operator removes its resource from the"
                                + " server, and deletes it with bin/delete-database or a Datomic peer")
                .exception();
    }
}
