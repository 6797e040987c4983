package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.Index;
import peerserver.db.IndexScan;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.form.SelectorForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;

/**
 * The attributes of a database whose values are code, under all the names that they have there: their ids, and all idents
 * that they ever had.
 */
final class CodeAttributes {

    /** What an attribute's values are. */
    enum Kind {
        /** Transaction functions. */
        FUNCTION,
        /** Names of functions that are called with values or entities. */
        PREDICATE
    }

    private static final Map<Keyword, Kind> IDENTS = Map.of(
            Keyword.intern("db", "fn"), Kind.FUNCTION,
            Keyword.intern("db.attr", "preds"), Kind.PREDICATE,
            Keyword.intern("db.entity", "preds"), Kind.PREDICATE);

    private static final Keyword ID = Keyword.intern("db", "id");
    private static final SelectorForm ID_ALONE = new SelectorForm(List.of(ID));

    private final DbValue value;
    private final Map<String, Kind> byName = new HashMap<>();
    private final Map<Long, Kind> byId = new HashMap<>();

    private CodeAttributes(DbValue value) {
        this.value = value;
    }

    /** Those of a database, as it stands. */
    static CodeAttributes of(DbValue value) {
        CodeAttributes attributes = new CodeAttributes(value);
        IDENTS.forEach(attributes::find);
        return attributes;
    }

    private void find(Keyword ident, Kind kind) {
        byName.put(ident.toString(), kind);
        Long id = idOf(ident);
        if (id == null) {
            return; // as in a database whose schema was never upgraded
        }
        byId.put(id, kind);
        // Its history: a name that it had may still stand for it.
        Rows datoms = value.history().datoms(new IndexScan(Index.EAVT, List.of(id)), Resume.atRow(0));
        while (datoms.hasNext()) {
            if (((Datom) datoms.next()).v() instanceof Keyword name) {
                byName.put(name.toString(), kind);
            }
        }
    }

    private @Nullable Long idOf(Object identifier) {
        try {
            return value.pull(ID_ALONE, identifier, null) instanceof Map<?, ?> found && found.get(ID) instanceof Long id
                    ? id
                    : null;
        } catch (AnomalyException e) {
            return null; // what cannot be resolved names nothing
        }
    }

    /** The kind of the attribute that a form names by its id or ident, alone or in a lookup ref; otherwise null. */
    @Nullable Kind mentioned(@Nullable Object identifier) {
        if (identifier instanceof Number id) {
            return byId.get(id.longValue());
        }
        if (identifier instanceof List<?> lookup) {
            return lookup.size() == 2 ? called(lookup.get(1)) : null;
        }
        return called(identifier);
    }

    /** The kind of the attribute that has that ident, or null when that is none of these. */
    @Nullable Kind called(@Nullable Object ident) {
        return ident instanceof Keyword || ident instanceof Symbol || ident instanceof String
                ? byName.get(ident(ident))
                : null;
    }

    /** An ident as Datomic spells it: the peer library takes a symbol or a text for one, too. */
    static String ident(Object form) {
        return form instanceof Symbol ? ":" + form : form.toString();
    }

    /** Whether an ident names the reverse of an attribute, {@code :a/_b}. */
    static boolean isReverse(Object identifier) {
        return ident(identifier).contains("/_");
    }

    /** The attribute whose reverse an ident names; the ident itself where it names none. */
    static String forwards(Object identifier) {
        return ident(identifier).replace("/_", "/");
    }
}
