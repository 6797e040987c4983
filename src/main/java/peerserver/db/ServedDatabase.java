package peerserver.db;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/**
 * A declared database and how its connection stands.
 *
 * @param resource how it is declared
 * @param state whether it can be used
 * @param since when that state began
 * @param engine the name of the engine that opens such databases, or null while none is known
 * @param database the connected database, or null
 * @param lastError why it could not be connected last, or null; see {@link #lastTrouble}
 */
public record ServedDatabase(
        DatabaseResource resource,
        State state,
        Instant since,
        @Nullable String engine,
        @Nullable NamedDatabase database,
        @Nullable Failure lastError) {

    /** How the connection of a database stands. */
    public enum State {
        /** The first attempt is under way. */
        CONNECTING,
        /** In use. */
        CONNECTED,
        /** The last attempt failed; another will follow. */
        FAILED;

        /** What people and programs outside are told. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An attempt that failed.
     *
     * @param at when
     * @param reason why, fit for operators
     */
    public record Failure(Instant at, String reason) {}

    /** A database that has just been declared. */
    static ServedDatabase declared(DatabaseResource resource, Instant now) {
        return new ServedDatabase(resource, State.CONNECTING, now, null, null, null);
    }

    ServedDatabase openedBy(String openedBy) {
        return new ServedDatabase(resource, state, since, openedBy, database, lastError);
    }

    ServedDatabase connected(NamedDatabase connected, Instant now) {
        return new ServedDatabase(resource, State.CONNECTED, now, engine, connected, lastError);
    }

    ServedDatabase failed(String reason, Instant now) {
        Instant failedSince = state == State.FAILED ? since : now;
        return new ServedDatabase(resource, State.FAILED, failedSince, engine, null, new Failure(now, reason));
    }

    /** This database under a declaration that its connection does not depend on. */
    ServedDatabase declaredAs(DatabaseResource changed) {
        return new ServedDatabase(changed, state, since, engine, database, lastError);
    }

    /** Its db-name. */
    public String name() {
        return resource.name();
    }

    /** Whether it is connected and has that id on the wire. */
    boolean hasId(String databaseId) {
        return database != null && database.databaseId().equals(databaseId);
    }

    /** The newest t that this node has seen, of a connected database. */
    public OptionalLong basisT() {
        return database == null
                ? OptionalLong.empty()
                : OptionalLong.of(database.current().basisT());
    }

    /** The last thing that went wrong: with transactions or reading, while it is in trouble, or else with connecting. */
    public Optional<Failure> lastTrouble() {
        return Optional.ofNullable(database).flatMap(NamedDatabase::trouble).or(() -> Optional.ofNullable(lastError));
    }

    /** Why it cannot be used; of a database that failed. */
    Optional<String> reason() {
        return state == State.FAILED
                ? Optional.of(Objects.requireNonNull(lastError).reason())
                : Optional.empty();
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
        String why = reason().map(reason -> "cannot be connected: " + reason).orElse("is being connected");
        throw Anomaly.of(Category.UNAVAILABLE, "Database " + name() + " " + why).exception();
    }
}
