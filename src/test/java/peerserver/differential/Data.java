package peerserver.differential;

import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Questions to nested data. */
final class Data {

    private Data() {}

    /** Whether an item is somewhere in a form, as a key of a map or as an item of a collection. */
    static boolean mentions(@Nullable Object form, @Nullable Object item) {
        if (form instanceof Map<?, ?> map) {
            return map.containsKey(item) || mentions(map.values(), item);
        }
        return Objects.equals(item, form)
                || (form instanceof Iterable<?> forms
                        && StreamSupport.stream(forms.spliterator(), false).anyMatch(inner -> mentions(inner, item)));
    }
}
