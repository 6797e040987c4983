package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import peerserver.chunk.PerOwner;
import peerserver.chunk.Tokens;
import peerserver.config.IterationConfig;
import peerserver.db.DbValue;
import peerserver.db.NamedDatabase;
import peerserver.security.Caller;
import peerserver.wire.AnomalyException;
import peerserver.wire.Keys;

/**
 * The db values that {@code with} can build on, by their handles. The handle of {@code with-db} names a t; the handle of a
 * value that {@code with} made names that value, which is kept on this node. Thread-safe.
 */
@Singleton
public class SpeculativeValues {

    private static final Keyword ID = Keyword.intern("id");

    private final Tokens tokens;
    private final PerOwner<DbValue> values;

    @Inject
    SpeculativeValues(Tokens tokens, IterationConfig config) {
        this.tokens = tokens;
        int most = config.speculativePerCaller();
        this.values = new PerOwner<>(most, most, Duration.ofMillis(config.idleMs()), value -> 1);
    }

    /** The handle of a value as it stands in the database. */
    String handleOfDurable(Caller caller, DbValue value) {
        return tokens.handle(caller, Map.of(Keys.DATABASE_ID, value.databaseId(), Keys.T, value.basisT()));
    }

    /** Keeps a value made by {@code with}, and gives its handle. */
    String handleOfSpeculative(Caller caller, DbValue value) {
        String id = UUID.randomUUID().toString();
        values.put(caller, id, value);
        return tokens.handle(caller, Map.of(Keys.DATABASE_ID, value.databaseId(), Keys.T, value.basisT(), ID, id));
    }

    /**
     * The value of a handle.
     *
     * @throws AnomalyException {@code incorrect} when it is no handle of that caller and database, or its value is no
     *     longer held
     */
    DbValue value(Caller caller, NamedDatabase database, String handle) {
        Map<?, ?> entries = tokens.handle(caller, handle);
        if (!database.databaseId().equals(entries.get(Keys.DATABASE_ID))) {
            throw AnomalyException.incorrect("The :next-token is of another database");
        }
        DbValue value = null;
        if (entries.get(ID) instanceof String id) {
            value = values.find(caller, id);
        } else if (entries.get(Keys.T) instanceof Long t) {
            value = database.unfilteredAt(t);
        }
        if (value == null || !value.databaseId().equals(database.databaseId())) {
            throw AnomalyException.incorrect(
                    "The speculative db value is no longer held by this server; make it again from with-db");
        }
        return value;
    }
}
