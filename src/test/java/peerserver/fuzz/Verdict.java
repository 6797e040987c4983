package peerserver.fuzz;

import clojure.lang.Keyword;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import peerserver.op.Operation;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.Keys;

/** Judges anomalies: whether they are what a caller who made a mistake may be told. */
final class Verdict {

    private static final Pattern INSIDE =
            Pattern.compile("\\bat [\\w.$]+\\([\\w .]+(:\\d+)?\\)|Exception in |peerserver\\.|\\.java:\\d");
    private static final Set<Keyword> ON_CATALOG =
            Set.of(Keyword.intern("datomic.catalog/create-db"), Keyword.intern("datomic.catalog/delete-db"));

    private Verdict() {}

    /**
     * What is wrong with an anomaly, or null.
     *
     * @param request the decoded request, or null when it could not be decoded
     */
    static @Nullable String on(Anomaly anomaly, @Nullable Object request) {
        if (anomaly.message().isBlank()) {
            return "no message in " + anomaly;
        }
        if (INSIDE.matcher(anomaly.toString()).find()) {
            return "tells of the inside: " + anomaly;
        }
        return isApt(anomaly, request) ? null : "wrong category " + anomaly;
    }

    private static boolean isApt(Anomaly anomaly, @Nullable Object request) {
        Map<?, ?> fields = request instanceof Map<?, ?> map ? map : Map.of();
        if (request == null || fields.isEmpty()) {
            return anomaly.category() == Category.INCORRECT;
        }
        Object op = fields.get(Keys.OP);
        boolean unknown =
                op instanceof Keyword keyword && Operation.named(keyword).isEmpty();
        return switch (anomaly.category()) {
            case INCORRECT -> !unknown || !fields.keySet().stream().allMatch(Keyword.class::isInstance);
            case UNSUPPORTED -> unknown || ON_CATALOG.contains(op);
            case NOT_FOUND -> anomaly.message().startsWith("Database not found");
            case UNAVAILABLE -> anomaly.message().contains("has not seen t");
            case INTERRUPTED -> fields.get(Keys.TIMEOUT) != null;
            case CONFLICT -> fields.containsKey(Keys.TX_DATA);
            case FORBIDDEN ->
                anomaly.message().contains("may not do that")
                        || anomaly.message().startsWith("The code of this access key is confined");
            case FAULT, BUSY -> false;
        };
    }
}
