package peerserver.wire;

import clojure.lang.Keyword;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a db value, as it travels in requests, among the arguments of a query and in answers.
 *
 * @param dbName the database's name, where given
 * @param databaseId the database's id, where given; not empty
 * @param t the basis t, where given
 * @param nextT the t that the next transaction was to get, where given
 * @param asOf the point up to which the value goes, where it is bounded: a t or tx id as a {@code Long}, or a {@link Date}
 * @param since the point after which the value begins, where it is bounded: likewise
 * @param history whether the value holds all assertions and retractions across time
 * @param nextToken the handle of a value that only this server knows, where given; at most {@value #MAX_TOKEN} characters
 */
public record DbValueRef(
        @Nullable String dbName,
        @Nullable String databaseId,
        @Nullable Long t,
        @Nullable Long nextT,
        @Nullable Object asOf,
        @Nullable Object since,
        boolean history,
        @Nullable String nextToken) {

    private static final int MAX_TOKEN = 4_096;

    /** A second name under which clients send {@code :history}. */
    private static final Keyword HISTORY_FLAG = Keyword.intern(null, "history?");

    /** Checks each component as {@link #from} does. */
    public DbValueRef {
        if (databaseId != null && databaseId.isEmpty()) {
            throw AnomalyException.incorrect("Expected a string for " + Keys.DATABASE_ID);
        }
        requireBasis(Keys.T, t);
        requireBasis(Keys.NEXT_T, nextT);
        asOf = point(Keys.AS_OF, asOf);
        since = point(Keys.SINCE, since);
        if (nextToken != null && nextToken.length() > MAX_TOKEN) {
            throw AnomalyException.incorrect(
                    "Expected a string of at most " + MAX_TOKEN + " characters for " + Keys.NEXT_TOKEN);
        }
    }

    /** Whether a decoded value is a reference to a db value: a map with a string as {@code :database-id}. */
    public static boolean isDb(@Nullable Object decoded) {
        return decoded instanceof Map<?, ?> map && map.get(Keys.DATABASE_ID) instanceof String;
    }

    /**
     * Reads a reference. Keys beyond those of a reference are ignored, so that a whole request can be given.
     *
     * @throws AnomalyException {@code incorrect}, naming the field, when one has the wrong type or is out of range
     */
    public static DbValueRef from(Map<?, ?> decoded) {
        Fields fields = Fields.of(decoded);
        return new DbValueRef(
                fields.string(Keys.DB_NAME),
                fields.string(Keys.DATABASE_ID),
                basis(fields, Keys.T),
                basis(fields, Keys.NEXT_T),
                fields.value(Keys.AS_OF),
                fields.value(Keys.SINCE),
                fields.flag(Keys.HISTORY) || fields.flag(HISTORY_FLAG),
                fields.string(Keys.NEXT_TOKEN));
    }

    /** The map that goes over the wire, without what is not set. */
    public Map<Keyword, Object> toMap() {
        Map<Keyword, Object> map = new LinkedHashMap<>();
        put(map, Keys.DB_NAME, dbName);
        put(map, Keys.DATABASE_ID, databaseId);
        put(map, Keys.T, t);
        put(map, Keys.NEXT_T, nextT);
        put(map, Keys.AS_OF, asOf);
        put(map, Keys.SINCE, since);
        put(map, Keys.HISTORY, history ? true : null);
        put(map, Keys.NEXT_TOKEN, nextToken);
        return map;
    }

    private static void put(Map<Keyword, Object> map, Keyword name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private static @Nullable Long basis(Fields fields, Keyword name) {
        OptionalLong value = fields.optionalLong(name, 0, Long.MAX_VALUE);
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static void requireBasis(Keyword name, @Nullable Long basis) {
        if (basis != null && basis < 0) {
            throw AnomalyException.incorrect("Expected an integer of at least 0 for " + name);
        }
    }

    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static @Nullable Object point(Keyword name, @Nullable Object point) {
        if (point == null || (point instanceof Long t && t >= 0)) {
            return point;
        }
        if (point instanceof Date instant) {
            return new Date(instant.getTime());
        }
        throw AnomalyException.incorrect("Expected a t, a transaction's id or an instant for " + name);
    }
}
