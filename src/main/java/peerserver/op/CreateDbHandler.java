package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** {@code create-db}: unsupported, for a peer server owns no database. */
@Singleton
public class CreateDbHandler implements OperationHandler {

    @Override
    public Operation operation() {
        return Operation.CREATE_DB;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        throw Anomaly.of(
                        Category.UNSUPPORTED,
                        "A peer server owns no database and cannot create one: its operator creates it with"
                                + " bin/create-database or a Datomic peer, and declares it as a resource of the server")
                .exception();
    }
}
