package peerserver.db.peer;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peerserver.db.EngineErrors;
import peerserver.db.Rows;
import peerserver.db.ServedDatabase.Failure;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/**
 * What is wrong with the storage or the transactor behind a connection, as the last reading and the last transaction found
 * it. What a reading finds in the peer's own cache tells nothing, and counts as if it did. Thread-safe.
 */
final class Trouble {

    private static final Set<Category> NOT_OF_THE_TRANSACTION = Set.of(Category.UNAVAILABLE, Category.INTERRUPTED);

    private volatile @Nullable Failure withTransacting;
    private volatile @Nullable Failure withReading;

    /** The failure that is not over yet; that of a transaction rather than that of a reading. */
    Optional<Failure> current() {
        return Optional.ofNullable(withTransacting).or(() -> Optional.ofNullable(withReading));
    }

    /** A transaction was made. */
    void transacted() {
        withTransacting = null;
    }

    /** A transaction failed, whosever fault that is. */
    void notTransacted(Anomaly why) {
        if (NOT_OF_THE_TRANSACTION.contains(why.category())) {
            withTransacting = failure(why);
        }
    }

    /** Has the library read, and takes note of how that ends. */
    <T extends @Nullable Object> T reading(Supplier<T> work) {
        try {
            T read = EngineErrors.translating(work);
            if (withReading != null) {
                withReading = null;
            }
            return read;
        } catch (AnomalyException e) {
            // Not when it was interrupted, which a query is that takes too long.
            if (e.anomaly().category() == Category.UNAVAILABLE) {
                withReading = failure(e.anomaly());
            }
            throw e;
        }
    }

    /** Has the library find rows, which it goes on reading while they are gone through. */
    Rows rows(Supplier<Rows> work) {
        Rows rows = reading(work);
        return new Rows() {
            @Override
            public boolean hasNext() {
                return reading(rows::hasNext);
            }

            @Override
            public Object next() {
                return reading(rows::next);
            }

            @Override
            public @Nullable Object position(Object row) {
                return rows.position(row);
            }
        };
    }

    private static Failure failure(Anomaly why) {
        return new Failure(Instant.now(), why.message());
    }
}
