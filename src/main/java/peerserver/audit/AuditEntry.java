package peerserver.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the audit says of one request: names and numbers, neither data nor secrets.
 *
 * @param time when it was answered
 * @param key the access key; of a request that was not signed rightly, the one that it claims
 * @param address where it came from
 * @param operation what was asked; null when that was not looked at
 * @param database the name of the database; null when there is none, or none that is known
 * @param t the t that a transaction has made; null when there is none
 * @param outcome {@code ok}, or the category of the anomaly
 * @param reason why a request was not taken for signed; null when it was
 * @param durationMs milliseconds from its arrival to the answer
 * @param requestId the request's id
 */
public record AuditEntry(
        Instant time,
        @Nullable String key,
        @Nullable String address,
        @Nullable String operation,
        @Nullable String database,
        @Nullable Long t,
        String outcome,
        @Nullable String reason,
        long durationMs,
        String requestId) {

    private static final int LONGEST = 256;

    /** Its members that say something, in their order. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", time.toString());
        put(members, "key", key);
        put(members, "address", address);
        put(members, "operation", operation);
        put(members, "database", database);
        if (t != null) {
            members.put("t", t);
        }
        members.put("outcome", outcome);
        put(members, "reason", reason);
        members.put("duration-ms", durationMs);
        members.put("request-id", requestId);
        return members;
    }

    /** Callers choose some of these: what is not short and printable is left out. */
    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null && value.length() <= LONGEST && isPrintable(value)) {
            members.put(name, value);
        }
    }

    private static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
