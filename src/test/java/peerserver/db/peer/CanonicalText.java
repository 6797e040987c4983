package peerserver.db.peer;

import clojure.lang.ISeq;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A text for every value, the same for two values only if they are the same on the wire. */
final class CanonicalText {

    private CanonicalText() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "nil";
        } else if (value instanceof byte[] bytes) {
            return "#bytes " + HexFormat.of().formatHex(bytes);
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + " " + of(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof Set<?> set) {
            return texts(set).sorted().collect(Collectors.joining(" ", "#{", "}"));
        } else if (value instanceof List<?> list) {
            return texts(list).collect(Collectors.joining(" ", value instanceof ISeq ? "(" : "[", ")"));
        } else if (value instanceof Object[] array) {
            return of(Arrays.asList(array));
        } else if (value instanceof Date instant) {
            return "#inst " + instant.toInstant();
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    private static Stream<String> texts(Collection<?> values) {
        return values.stream().map(CanonicalText::of);
    }
}
