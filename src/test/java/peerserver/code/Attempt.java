package peerserver.code;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;
import peerserver.wire.TransitCodec;

/**
 * An attempt to have the server run code.
 *
 * @param name its own text
 * @param form what it consists of: a request, or several that go on from one another
 */
record Attempt(String name, Map<?, ?> form) {

    private static final Symbol X = Symbol.intern("?x");
    private static final IFn REPLACE = walk();

    private static IFn walk() {
        Clojure.var("clojure.core", "require").invoke(Symbol.intern("clojure.walk"));
        return Clojure.var("clojure.walk", "postwalk-replace");
    }

    static Attempt of(Object form) {
        Object text = Clojure.var("clojure.core", "pr-str").invoke(form);
        return new Attempt((String) text, (Map<?, ?>) form);
    }

    private @Nullable Object part(String name) {
        return form.get(Keyword.intern(null, name));
    }

    /** Whether it leaves a mark on that engine when the code of the key is trusted. */
    boolean leavesMark(EscapeEngine engine) {
        Object engines = part("marks");
        return engines == null || ((String) engines).contains(engine.letter());
    }

    /** What it is refused as with a confined key. */
    Category refusedAs() {
        return part("incorrect") == null ? Category.FORBIDDEN : Category.INCORRECT;
    }

    /** Whether it changes the database, where it is let. */
    boolean transacts() {
        return part("transact") != null;
    }

    /** The transactions, each on what the one before would have made; empty when it is none of these. */
    List<?> speculations(ServedForEscape served) {
        return transactions("with", served);
    }

    /** The transactions that follow one another; empty when it is none of these. */
    List<?> transactions(ServedForEscape served) {
        return transactions("transact", served);
    }

    private List<?> transactions(String kind, ServedForEscape served) {
        Object transactions = part(kind);
        return transactions == null ? List.of() : (List<?>) REPLACE.invoke(served.entities(), transactions);
    }

    /** The one request of any other kind. */
    Object request(String id) {
        if (part("body") instanceof String text) {
            return EdnCodec.readString(text.replace("ID", id));
        }
        if (part("transit") instanceof String text) {
            return TransitCodec.json().decode(text.replace("ID", id).getBytes(StandardCharsets.UTF_8));
        }
        if (part("pull") != null) {
            Object eid = part("eid") == null ? EdnCodec.readString("[:x/id \"a\"]") : part("eid");
            return request(":pull", Keys.DATABASE_ID, id, Keys.SELECTOR, part("pull"), Keys.EID, eid);
        }
        if (part("index-pull") != null) {
            Object start = EdnCodec.readString("[:x/id]");
            return request(
                    ":index-pull",
                    Keys.DATABASE_ID,
                    id,
                    Keys.INDEX,
                    Keyword.intern(null, "avet"),
                    Keys.START,
                    start,
                    Keys.SELECTOR,
                    part("index-pull"));
        }
        return request(":q", Keys.QUERY, query(), Keys.ARGS, args(id));
    }

    private static Object request(String op, @Nullable Object... fields) {
        return PersistentArrayMap.createAsIfByAssoc(fields).assoc(Keys.OP, Keyword.intern(null, op.substring(1)));
    }

    private Object query() {
        if (part("query") != null) {
            return part("query");
        }
        Object where = part("call") == null ? part("where") : RT.vector(RT.vector(part("call"), X));
        Object find = part("find") == null ? RT.vector(X) : part("find");
        PersistentArrayMap query =
                (PersistentArrayMap) RT.map(Keyword.intern(null, "find"), find, Keyword.intern(null, "where"), where);
        return part("in") == null ? query : query.assoc(Keyword.intern(null, "in"), part("in"));
    }

    private Object args(String id) {
        List<@Nullable Object> args = new ArrayList<>();
        if (part("args-before") instanceof List<?> before) {
            args.addAll(before);
        }
        args.add(RT.map(Keys.DATABASE_ID, id));
        if (part("args-db") != null) {
            args.add(RT.map(Keys.DATABASE_ID, id));
        }
        if (part("args") instanceof List<?> more) {
            args.addAll(more);
        }
        return PersistentVector.create(args);
    }
}
