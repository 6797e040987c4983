package peerserver.wire;

import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of a map of the protocol. A field that is nil counts as absent. A field of the wrong type is
 * {@code incorrect}, with a message that names it.
 */
public final class Fields {

    private final Map<Keyword, Object> map;

    private Fields(Map<Keyword, Object> map) {
        this.map = map;
    }

    /**
     * The fields of a decoded value.
     *
     * @throws AnomalyException {@code incorrect} unless it is a map with keyword keys
     */
    @SuppressWarnings("unchecked") // every key was looked at
    public static Fields of(@Nullable Object decoded) {
        if (decoded instanceof Map<?, ?> map && map.keySet().stream().allMatch(Keyword.class::isInstance)) {
            return new Fields((Map<Keyword, Object>) map);
        }
        throw AnomalyException.incorrect("Expected a map with keyword keys");
    }

    /** The map itself. */
    public Map<Keyword, Object> asMap() {
        return map;
    }

    /** These fields with one set. */
    public Fields with(Keyword name, Object value) {
        Map<Keyword, Object> copy = new HashMap<>(map);
        copy.put(name, value);
        return new Fields(copy);
    }

    /** These fields without one. */
    public Fields without(Keyword name) {
        if (!map.containsKey(name)) {
            return this;
        }
        Map<Keyword, Object> copy = new HashMap<>(map);
        copy.remove(name);
        return new Fields(copy);
    }

    /** Whether the field is there and not nil. */
    public boolean has(Keyword name) {
        return map.get(name) != null;
    }

    /** The field as it is, null when absent. */
    public @Nullable Object value(Keyword name) {
        return map.get(name);
    }

    /** The field as it is; absence is {@code incorrect}. */
    public Object required(Keyword name) {
        Object value = map.get(name);
        if (value == null) {
            throw AnomalyException.incorrect("Expected a value for " + name);
        }
        return value;
    }

    /** A string, null when absent. */
    public @Nullable String string(Keyword name) {
        return typed(name, String.class, "a string");
    }

    /** A string that is there and not blank. */
    public String requiredString(Keyword name) {
        String value = string(name);
        if (value == null || value.isBlank()) {
            throw expected("a string", name);
        }
        return value;
    }

    /** A keyword, null when absent. */
    public @Nullable Keyword keyword(Keyword name) {
        return typed(name, Keyword.class, "a keyword");
    }

    /** A keyword that is there. */
    public Keyword requiredKeyword(Keyword name) {
        Keyword value = keyword(name);
        if (value == null) {
            throw expected("a keyword", name);
        }
        return value;
    }

    /** A list, vector or sequence, null when absent. */
    public @Nullable List<?> list(Keyword name) {
        return typed(name, List.class, "a list");
    }

    /** A list, vector or sequence that is there. */
    public List<?> requiredList(Keyword name) {
        List<?> value = list(name);
        if (value == null) {
            throw expected("a list", name);
        }
        return value;
    }

    /** A boolean, false when absent. */
    public boolean flag(Keyword name) {
        Boolean value = typed(name, Boolean.class, "a boolean");
        return value != null && value;
    }

    /** An integer between {@code min} and {@code max}, both inclusive. */
    public OptionalLong optionalLong(Keyword name, long min, long max) {
        Long value = typed(name, Long.class, "an integer");
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value < min) {
            throw expected("an integer of at least " + min, name);
        }
        if (value > max) {
            throw expected("an integer of at most " + max, name);
        }
        return OptionalLong.of(value);
    }

    /** An integer between {@code min} and {@code max}, both inclusive; {@code absent} when it is not there. */
    public long longOr(Keyword name, long absent, long min, long max) {
        return optionalLong(name, min, max).orElse(absent);
    }

    private <T> @Nullable T typed(Keyword name, Class<T> type, String description) {
        Object value = map.get(name);
        if (value != null && !type.isInstance(value)) {
            throw expected(description, name);
        }
        return type.cast(value);
    }

    private static AnomalyException expected(String description, Keyword name) {
        return AnomalyException.incorrect("Expected " + description + " for " + name);
    }
}
