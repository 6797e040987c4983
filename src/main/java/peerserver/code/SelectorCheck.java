package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a selector names in {@code :xform}, wherever that stands in it and however it is spelt. */
final class SelectorCheck {

    private static final Set<String> SPELLINGS = Set.of(":xform", "xform");

    private final AllowedCode allowed;

    SelectorCheck(AllowedCode allowed) {
        this.allowed = allowed;
    }

    /** Checks a selector, or a part of one. */
    void check(@Nullable Object form) {
        if (form instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (isXform(key)) {
                    xform(value);
                }
                check(key);
                check(value);
            });
        } else if (form instanceof List<?> list) {
            Object before = null;
            for (Object item : list) {
                if (isXform(before)) {
                    xform(item);
                }
                check(item);
                before = item;
            }
        } else if (form instanceof Collection<?> items) {
            items.forEach(this::check);
        }
    }

    private static boolean isXform(@Nullable Object option) {
        return (option instanceof Keyword || option instanceof Symbol || option instanceof String)
                && SPELLINGS.contains(option.toString());
    }

    private void xform(@Nullable Object function) {
        if (!(function instanceof Symbol symbol && allowed.allowsXform(symbol))) {
            throw Refused.code(function);
        }
    }
}
