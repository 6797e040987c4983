package peerserver.op;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.FakeDatabase;
import peerserver.db.NumbersValue;
import peerserver.db.RecentDbValues;

/** A database of numbers whose transactions arrive when the test says so: as many numbers as its t. */
final class LaggingDatabase extends FakeDatabase {

    private final String databaseId;
    private final RecentDbValues values;

    LaggingDatabase(String databaseId, long t) {
        super(new NumbersValue(databaseId, t, t));
        this.databaseId = databaseId;
        this.values = new RecentDbValues(new NumbersValue(databaseId, t, t), 100, Runnable::run);
    }

    /** Lets the transaction at a t arrive. */
    void arrive(long t) {
        values.publish(new NumbersValue(databaseId, t, t));
    }

    @Override
    public DbValue current() {
        return values.newest();
    }

    @Override
    public CompletionStage<DbValue> at(long t, Duration wait) {
        return values.at(t, wait);
    }

    @Override
    public CompletionStage<DbValue> atOrAfter(long t, Duration wait) {
        return values.await(t, wait).thenApply(value -> value);
    }

    @Override
    public @Nullable DbValue unfilteredAt(long t) {
        return values.held(t);
    }

    @Override
    public String databaseId() {
        return databaseId;
    }
}
