package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import org.jspecify.annotations.Nullable;

/** What a symbol of a query stands for, by its name. */
final class Names {

    private static final Keyword TAG = Keyword.intern(null, "tag");

    private Names() {}

    /** Whether it is a variable, {@code ?x}. */
    static boolean isVariable(@Nullable Object form) {
        return begins(form, "?");
    }

    /** Whether it is a source, {@code $} or {@code $x}. */
    static boolean isSource(@Nullable Object form) {
        return begins(form, "$");
    }

    /** Whether it stands for rules, {@code %}. */
    static boolean isRules(@Nullable Object form) {
        return begins(form, "%");
    }

    /** Whether it is the blank, {@code _}. */
    static boolean isBlank(@Nullable Object form) {
        return form instanceof Symbol symbol && symbol.toString().equals("_");
    }

    static boolean isCalled(@Nullable Object form, String name) {
        return form instanceof Symbol symbol && symbol.toString().equals(name);
    }

    private static boolean begins(@Nullable Object form, String prefix) {
        return form instanceof Symbol symbol
                && symbol.getNamespace() == null
                && symbol.getName().startsWith(prefix);
    }

    /** Refuses metadata of a symbol other than a hint of a type that is known. */
    static void checkHint(@Nullable Object form) {
        if (form instanceof Symbol symbol
                && symbol.meta() != null
                && symbol.meta().count() > 0
                && !(symbol.meta().count() == 1
                        && symbol.meta().valAt(TAG) instanceof Symbol tag
                        && PureFunctions.HINTS.contains(tag.toString()))) {
            Refused.metadata(symbol);
        }
    }
}
