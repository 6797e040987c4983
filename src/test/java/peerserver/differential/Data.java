package peerserver.differential;

import clojure.lang.AFn;
import clojure.lang.IFn;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/** Nested data: what is in it, and other things in its place. */
final class Data {

    private Data() {}

    /** The data with each part of it replaced, the innermost first. */
    static @Nullable Object replaced(@Nullable Object data, Function<@Nullable Object, @Nullable Object> replacement) {
        IFn replace = new AFn() {
            @Override
            public @Nullable Object invoke(@Nullable Object part) {
                return replacement.apply(part);
            }
        };
        return Clj.fn("clojure.walk", "postwalk").invoke(replace, data);
    }

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
