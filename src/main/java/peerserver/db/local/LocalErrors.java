package peerserver.db.local;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peerserver.db.EngineErrors;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/** What Datomic Local throws, as the other engines would have said it. */
final class LocalErrors {

    private LocalErrors() {}

    /** Runs work of Local on forms of a caller. */
    static <T extends @Nullable Object> T translating(Supplier<T> work) {
        try {
            return EngineErrors.translating(work);
        } catch (AnomalyException e) {
            Anomaly anomaly = e.anomaly();
            if (anomaly.category() == Category.NOT_FOUND) {
                // A function that a form names; to clients it is the database that is not found.
                throw new Anomaly(Category.INCORRECT, anomaly.message(), anomaly.data()).exception(e);
            }
            throw e;
        }
    }
}
