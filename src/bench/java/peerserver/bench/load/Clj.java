package peerserver.bench.load;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;

/** Clojure's functions and data, as the bench uses them. */
final class Clj {

    private static final IFn REQUIRE = Clojure.var("clojure.core", "require");

    private Clj() {}

    /** The function {@code namespace/name}, its namespace loaded. */
    static IFn fn(String namespace, String name) {
        REQUIRE.invoke(Clojure.read(namespace));
        return Clojure.var(namespace, name);
    }

    /** The keyword of a name such as {@code db/ident}. */
    static Keyword keyword(String name) {
        return Keyword.intern(name);
    }

    /** A map of keywords to values. */
    static IPersistentMap map(Object... namesAndValues) {
        Object[] entries = namesAndValues.clone();
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = keyword((String) entries[i]);
        }
        return PersistentArrayMap.createWithCheck(entries);
    }
}
