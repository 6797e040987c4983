package peerserver.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import peerserver.db.DatabaseResource;
import peerserver.db.ServedDatabase;

/**
 * A database as operators and programs see it.
 *
 * @param name the db-name
 * @param engine {@code peer} or {@code local}; absent while no engine for its URI is known
 * @param state {@code connecting}, {@code connected} or {@code failed}
 * @param since when that state began
 * @param basisT the newest t that this node has seen; absent unless connected
 * @param required whether the node is ready only once it is connected
 * @param readOnly whether nobody may transact
 * @param description what its resource says about it, if anything
 * @param lastError why it could not take its last transaction or be read, or else could not be connected last, even if it is by now
 */
@JsonbPropertyOrder({"name", "engine", "state", "since", "basisT", "required", "readOnly", "description", "lastError"})
public record DatabaseView(
        String name,
        @Nullable String engine,
        String state,
        Instant since,
        OptionalLong basisT,
        boolean required,
        boolean readOnly,
        Optional<String> description,
        Optional<ServedDatabase.Failure> lastError) {

    static DatabaseView of(ServedDatabase database) {
        DatabaseResource resource = database.resource();
        return new DatabaseView(
                database.name(),
                database.engine(),
                database.state().label(),
                database.since(),
                database.basisT(),
                resource.required(),
                resource.readOnly(),
                resource.description(),
                database.lastTrouble());
    }
}
