package peerserver.conformance;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.ILookup;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.RT;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clojure's functions and data, as the tests use them. */
public final class Clj {

    private static final IFn REQUIRE = Clojure.var("clojure.core", "require");
    private static final IFn MERGE = Clojure.var("clojure.core", "merge");
    private static final IFn META = Clojure.var("clojure.core", "meta");

    private Clj() {}

    /** The function {@code namespace/name}, its namespace loaded. */
    public static IFn fn(String namespace, String name) {
        synchronized (REQUIRE) {
            REQUIRE.invoke(Clojure.read(namespace));
        }
        return Clojure.var(namespace, name);
    }

    /** The value that the text denotes, read by Clojure's own EDN reader. */
    public static Object edn(String text) {
        return Clojure.read(text);
    }

    /** As {@link #edn(String)}, with values put into the text first. */
    @FormatMethod
    public static Object edn(@FormatString String text, Object... values) {
        return Clojure.read(String.format(text, values));
    }

    /** The map that the text denotes. */
    @SuppressWarnings("unchecked")
    public static Map<Object, Object> map(String text) {
        return (Map<Object, Object>) Clojure.read(text);
    }

    /** A map of keywords to values, for what has no text: database values, byte arrays. */
    public static IPersistentMap mapOf(Object... namesAndValues) {
        Object[] entries = namesAndValues.clone();
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = keyword((String) entries[i]);
        }
        return PersistentArrayMap.createWithCheck(entries);
    }

    public static Object merge(Object... maps) {
        return MERGE.applyTo(RT.seq(maps));
    }

    public static Object meta(Object value) {
        return META.invoke(value);
    }

    /** The keyword of a name such as {@code db/ident}. */
    public static Keyword keyword(String name) {
        return Keyword.intern(name);
    }

    /** What a map or database value holds under a keyword. */
    public static Object get(Object map, String name) {
        return map instanceof ILookup lookup ? lookup.valAt(keyword(name)) : RT.get(map, keyword(name));
    }

    public static long number(Object map, String name) {
        return ((Number) get(map, name)).longValue();
    }

    /** The items of anything that Clojure can iterate, in order. */
    public static List<Object> list(Object items) {
        List<Object> list = new ArrayList<>();
        if (items instanceof Iterable<?> iterable) {
            iterable.forEach(list::add);
            return list;
        }
        for (var seq = RT.seq(items); seq != null; seq = seq.next()) {
            list.add(seq.first());
        }
        return list;
    }

    public static Set<?> set(Object items) {
        return (Set<?>) PersistentHashSet.create(list(items));
    }

    /** A vector of values. */
    public static Object vector(Object... items) {
        return RT.vector(items);
    }

    /** The text that Clojure's reader would read back. */
    public static String print(Object value) {
        return RT.printString(value);
    }
}
