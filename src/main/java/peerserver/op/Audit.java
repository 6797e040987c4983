package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peerserver.audit.AuditEntry;
import peerserver.audit.AuditLog;
import peerserver.db.Databases;
import peerserver.security.Caller;
import peerserver.wire.Category;
import peerserver.wire.Keys;

/** What the audit has of a request of the client protocol: every one that writes, and every one that is refused. */
@Singleton
public class Audit {

    private final AuditLog log;
    private final Databases databases;

    @Inject
    Audit(AuditLog log, Databases databases) {
        this.log = log;
        this.databases = databases;
    }

    /**
     * A request, for whoever audits it.
     *
     * @param decoded what was sent; null when it could not be read
     * @param address where it came from
     * @param id its id
     * @param arrival the {@link System#nanoTime} of its arrival
     */
    public record Request(
            Caller caller,
            @Nullable Object decoded,
            @Nullable String address,
            String id,
            long arrival) {}

    /**
     * Whether there is to be an entry. Costs next to nothing for a request that reads.
     *
     * @param decoded what was sent; null when it could not be read
     * @param refusal what it was answered with; null when it was carried out
     */
    public boolean wanted(@Nullable Object decoded, @Nullable Category refusal) {
        boolean refused = refusal == Category.FORBIDDEN || refusal == Category.NOT_FOUND;
        return (refused || operation(decoded).filter(Operation::writes).isPresent()) && log.wanted();
    }

    /** Makes the entry of a request that was carried out. */
    public void done(Request request, Map<Keyword, Object> reply) {
        write(request, t(reply), "ok");
    }

    /** Makes the entry of a request that was not. */
    public void failed(Request request, Category category) {
        write(request, null, category.label());
    }

    private void write(Request request, @Nullable Long t, String outcome) {
        log.write(new AuditEntry(
                log.now(),
                request.caller.name(),
                request.address,
                operation(request.decoded).map(Operation::label).orElse(null),
                database(request.decoded),
                t,
                outcome,
                null,
                (System.nanoTime() - request.arrival) / 1_000_000,
                request.id));
    }

    private static Optional<Operation> operation(@Nullable Object decoded) {
        return decoded instanceof Map<?, ?> map && map.get(Keys.OP) instanceof Keyword op
                ? Operation.named(op)
                : Optional.empty();
    }

    /** The name of the database that a request is about; of one that there is not, what was asked for. */
    private @Nullable String database(@Nullable Object decoded) {
        if (!(decoded instanceof Map<?, ?> map)) {
            return null;
        }
        if (map.get(Keys.DATABASE_ID) instanceof String id) {
            return databases.withId(id).map(database -> database.name()).orElse(id);
        }
        if (map.get(Keys.DB_NAME) instanceof String name) {
            return name;
        }
        return map.get(Keys.ARGS) instanceof List<?> args
                ? args.stream()
                        .filter(arg -> arg instanceof Map<?, ?> db && db.get(Keys.DATABASE_ID) instanceof String)
                        .findFirst()
                        .map(this::database)
                        .orElse(null)
                : null;
    }

    private static @Nullable Long t(Map<Keyword, Object> reply) {
        return reply.get(Keys.DB_AFTER) instanceof Map<?, ?> after && after.get(Keys.T) instanceof Long t ? t : null;
    }
}
