package peerserver.db;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/**
 * A declared database and how its connection stands.
 *
 * @param resource how it is declared
 * @param state whether it can be used
 * @param since when that state began
 * @param database the connected database, or null
 * @param reason why it could not be connected last, or null
 */
public record ServedDatabase(
        DatabaseResource resource,
        State state,
        Instant since,
        @Nullable NamedDatabase database,
        @Nullable String reason) {

    /** How the connection of a database stands. */
    public enum State {
        /** The first attempt is under way. */
        CONNECTING,
        /** In use. */
        CONNECTED,
        /** The last attempt failed; another will follow. */
        FAILED
    }

    /**
     * The connected database.
     *
     * @throws peerserver.wire.AnomalyException {@code unavailable}, saying how the connection stands
     */
    public NamedDatabase connected() {
        if (database != null) {
            return database;
        }
        String why = reason == null ? "is being connected" : "cannot be connected: " + reason;
        throw Anomaly.of(Category.UNAVAILABLE, "Database " + resource.name() + " " + why)
                .exception();
    }
}
