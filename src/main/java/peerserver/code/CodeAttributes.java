package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.form.SelectorForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;

/**
 * The attributes of a database whose values are code, by the names that they have there: their idents, which the engines let
 * nobody alter, and their ids.
 */
final class CodeAttributes {

    /** What an attribute's values are. */
    enum Kind {
        /** Transaction functions, and what makes one of an entity. */
        FUNCTION,
        /** Names of functions that are called with values. */
        PREDICATE,
        /** Names of functions that are called with a db value and an entity. */
        ENTITY_PREDICATE
    }

    private static final Map<Keyword, Kind> IDENTS = Map.of(
            Keyword.intern("db", "fn"), Kind.FUNCTION,
            Keyword.intern("db", "code"), Kind.FUNCTION,
            Keyword.intern("db", "lang"), Kind.FUNCTION,
            Keyword.intern("db.install", "function"), Kind.FUNCTION,
            Keyword.intern("db.attr", "preds"), Kind.PREDICATE,
            Keyword.intern("db.entity", "preds"), Kind.ENTITY_PREDICATE);

    private static final Map<String, Kind> BY_NAME = IDENTS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(entry -> entry.getKey().toString(), Map.Entry::getValue));

    private static final Pattern REVERSE = Pattern.compile("(^:?|/)_");

    private static final Keyword DB_ERROR = Keyword.intern("db", "error");
    private static final Keyword NOT_AN_ENTITY = Keyword.intern("db.error", "not-an-entity");
    private static final Keyword IDENT = Keyword.intern("db", "ident");
    private static final Keyword ID = Keyword.intern("db", "id");
    private static final SelectorForm IDENT_ALONE = new SelectorForm(List.of(IDENT));
    private static final SelectorForm ID_ALONE = new SelectorForm(List.of(ID));

    /** The lowest id outside of the partition in which attributes are. */
    private static final long FIRST_OF_OTHER_PARTITIONS = 1L << 42;

    private final DbValue value;

    /** Found when a form has an id in it. */
    private @Nullable Map<Integer, Kind> byId;

    private @Nullable Long identId;

    /** Those of a database, as it stands. */
    CodeAttributes(DbValue value) {
        this.value = value;
    }

    private Map<Integer, Kind> byId() {
        Map<Integer, Kind> known = byId;
        if (known == null) {
            known = new HashMap<>();
            for (Map.Entry<Keyword, Kind> entry : IDENTS.entrySet()) {
                Long id = idOf(entry.getKey());
                if (id != null) {
                    known.put(id.intValue(), entry.getValue());
                }
            }
            byId = known;
        }
        return known;
    }

    /** Null for what is not there, as in a database whose schema was never upgraded, and for nothing else. */
    private @Nullable Long idOf(Keyword ident) {
        try {
            return value.pull(ID_ALONE, ident, null) instanceof Map<?, ?> found && found.get(ID) instanceof Long id
                    ? id
                    : null;
        } catch (AnomalyException e) {
            if (NOT_AN_ENTITY.equals(e.anomaly().data().get(DB_ERROR))) {
                return null;
            }
            throw e;
        }
    }

    /**
     * The id of an attribute that has nothing to do with code.
     *
     * @param attribute its id or ident
     */
    Long plainId(Object attribute) {
        Long id = knownId(attribute);
        if (id == null) {
            throw Refused.form(attribute, "the place of an attribute");
        }
        if (id < 0 || id != lowerHalf(id) || byId().containsKey(lowerHalf(id))) {
            throw Refused.code(attribute);
        }
        return id;
    }

    /** Refuses the id or ident of what is no attribute, and could be taken for one. */
    void checkNoAlias(Object attribute) {
        Long id = knownId(attribute);
        if (id != null && id != lowerHalf(id)) {
            throw Refused.code(attribute);
        }
    }

    private @Nullable Long knownId(Object attribute) {
        String ident = ident(attribute);
        return attribute instanceof Long given
                ? given
                : ident.startsWith(":") ? idOf(Keyword.intern(ident.substring(1))) : null;
    }

    /**
     * Whether a transaction may be about the entity of that id. One where attributes are is there already: engines make room
     * for all attributes up to the highest id.
     */
    boolean mayWriteOf(Number id) {
        long number = id.longValue();
        return number < 0
                || number >= FIRST_OF_OTHER_PARTITIONS
                || (value.pull(IDENT_ALONE, number, null) instanceof Map<?, ?> found && found.get(IDENT) != null);
    }

    /**
     * The kind of the attribute that a form names by its id or ident, alone or in a lookup ref; otherwise null. Of an id the
     * engines take the lower half where an attribute is meant, and also of that which an ident stands for.
     */
    @Nullable Kind mentioned(@Nullable Object identifier) {
        if (identifier instanceof Number id) {
            return byId().get(lowerHalf(id));
        }
        if (identifier instanceof List<?> lookup) {
            return lookup.size() == 2 ? called(lookup.get(1)) : null;
        }
        return called(identifier);
    }

    /**
     * Whether a datom gives a name to what is none of these, or of those that give names, and has the lower half of the id of
     * one, so that the name would be taken for its name.
     */
    boolean isAlias(Datom datom) {
        Number entity = (Number) datom.e();
        int half = lowerHalf(entity);
        return entity.longValue() != half
                && datom.a().equals(identId())
                && (half == identId() || byId().containsKey(half));
    }

    private long identId() {
        Long known = identId;
        if (known == null) {
            known = Objects.requireNonNullElse(idOf(IDENT), -1L);
            identId = known;
        }
        return known;
    }

    private static int lowerHalf(Number id) {
        // By way of a long: an int of a double is as near as it gets.
        return (int) id.longValue();
    }

    /** The kind of the attribute that has that ident, or null when that is none of these. */
    @Nullable Kind called(@Nullable Object ident) {
        return ident instanceof Keyword || ident instanceof Symbol || ident instanceof String
                ? BY_NAME.get(ident(ident))
                : null;
    }

    /** An ident as Datomic spells it: the peer library takes a symbol or a text for one, too. */
    static String ident(Object form) {
        return form instanceof Symbol ? ":" + form : form.toString();
    }

    /** Whether an ident names the reverse of an attribute, {@code :a/_b} or {@code :_b}. */
    static boolean isReverse(Object identifier) {
        String ident = ident(identifier);
        return ident.indexOf('_') >= 0 && REVERSE.matcher(ident).find();
    }

    /** The attribute whose reverse an ident names; the ident itself where it names none. */
    static String forwards(Object identifier) {
        String ident = ident(identifier);
        return isReverse(ident) ? REVERSE.matcher(ident).replaceAll("$1") : ident;
    }
}
