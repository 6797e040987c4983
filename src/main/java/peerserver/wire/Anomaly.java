package peerserver.wire;

import clojure.lang.Keyword;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as the client protocol says it: a category, a message for people and whatever data Datomic gave.
 *
 * @param data further entries of the anomaly's map, for example {@code :db/error}; plain data only
 */
public record Anomaly(Category category, String message, Map<Keyword, @Nullable Object> data) {

    /** The key of the category in the data of an anomaly. */
    public static final Keyword CATEGORY = Keyword.intern("cognitect.anomalies", "category");

    /** The key of the message in the data of an anomaly. */
    public static final Keyword MESSAGE = Keyword.intern("cognitect.anomalies", "message");

    public Anomaly {
        data = Collections.unmodifiableMap(new HashMap<>(data));
    }

    /** An anomaly without further data. */
    public static Anomaly of(Category category, String message) {
        return new Anomaly(category, message, Map.of());
    }

    /** What is said to a request that has used up the memory: to send it again would do so again. */
    public static Anomaly outOfMemory() {
        return of(
                Category.INCORRECT,
                "The server has not enough memory for this request: ask for less, for example by a narrower query or a"
                        + " smaller :chunk");
    }

    /** The map that goes over the wire. */
    public Map<Keyword, @Nullable Object> toMap() {
        Map<Keyword, @Nullable Object> map = new HashMap<>(data);
        map.put(CATEGORY, category.keyword());
        map.put(MESSAGE, message);
        return map;
    }

    /** The body of an answer; without the data when they quote what has no form in that format. */
    public byte[] encoded(WireCodec codec) {
        try {
            return codec.encode(toMap());
        } catch (AnomalyException e) {
            return codec.encode(of(category, message).toMap());
        }
    }

    /** This anomaly as an exception to throw. */
    public AnomalyException exception() {
        return new AnomalyException(this, null);
    }

    /** This anomaly as an exception to throw, with its cause. */
    public AnomalyException exception(Throwable cause) {
        return new AnomalyException(this, cause);
    }
}
