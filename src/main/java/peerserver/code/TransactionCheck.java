package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import peerserver.code.CodeAttributes.Kind;
import peerserver.db.DbValue;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;

/**
 * Checks transaction data: the functions that are called, what is given to attributes whose values are code, and that
 * nobody gives such an attribute another name. For one transaction.
 */
final class TransactionCheck {

    /** What is followed by an entity, an attribute and values. */
    private static final Set<String> ON_ATTRIBUTES = Set.of(":db/add", ":db/retract", ":db/cas", ":db.fn/cas");

    private static final Set<String> BUILT_IN = Set.of(
            ":db/cas",
            ":db.fn/cas",
            ":db/retractEntity",
            ":db.fn/retractEntity",
            ":db/force-partition",
            ":db/match-partition");
    private static final String ID = ":db/id";
    private static final String IDENT = ":db/ident";

    private final AllowedCode allowed;
    private final CodeAttributes attributes;

    private final Set<Object> attributesNamed = new HashSet<>();

    /** Whether it gives something a name, or may do so. */
    private boolean names;

    /** Whether it gives a symbol to an attribute. */
    private boolean symbols;

    TransactionCheck(AllowedCode allowed, CodeAttributes attributes) {
        this.allowed = allowed;
        this.attributes = attributes;
    }

    /**
     * Checks a transaction.
     *
     * @param before the value that it is for
     * @return the transaction to submit, which does the same
     */
    TransactionForm check(TransactionForm transaction, DbValue before) {
        forms(transaction.data());
        TransactionForm submitted = symbols ? new SymbolAttributes(attributes).fixed(transaction) : transaction;
        if (names || symbols) {
            // However it is written: these are rare. A trial installs functions, so nothing may pass for their
            // attributes.
            attributesNamed.forEach(attributes::checkNoAlias);
            before.with(submitted, null).txData().forEach(this::made);
        }
        return submitted;
    }

    /** Checks a datom that the transaction would make. */
    private void made(Datom datom) {
        if (datom.added()) {
            Kind kind = attributes.mentioned(datom.a());
            if (kind != null) {
                given(kind, datom.a(), datom.v());
            }
            if (attributes.isAlias(datom)) {
                throw Refused.code(datom.v());
            }
        }
    }

    private void forms(List<?> data) {
        for (Object form : data) {
            if (form instanceof Map<?, ?> map) {
                map(map);
            } else if (form instanceof List<?> list && !list.isEmpty()) {
                list(list);
            } else if (!isNothingToAnEngine(form)) {
                throw AnomalyException.incorrect("Expected lists that are not empty, and maps, in :tx-data");
            }
        }
    }

    /** What has no parts, and which an engine refuses with words of its own. */
    private static boolean isNothingToAnEngine(@Nullable Object form) {
        return form == null || form instanceof Number || form instanceof String || form instanceof Keyword;
    }

    private void list(List<?> form) {
        Object operation = form.get(0);
        if (isOnAttribute(form)) {
            entity(form.size() > 1 ? form.get(1) : null);
            if (form.size() > 2) {
                attribute(form.get(2), form.subList(3, form.size()));
            }
        } else if (BUILT_IN.contains(name(operation))) {
            form.subList(1, form.size()).forEach(this::entity);
        } else if (!allowed.allowsTransactionFunction(operation)) {
            throw Refused.code(operation);
        }
    }

    /** Whether a list is about an entity, an attribute and values, in this order. */
    static boolean isOnAttribute(List<?> form) {
        return ON_ATTRIBUTES.contains(name(form.get(0)));
    }

    /** A symbol is the name of a function, though one engine takes it for an ident, too. */
    private static String name(@Nullable Object operation) {
        return operation instanceof Keyword || operation instanceof String ? operation.toString() : "";
    }

    private static boolean isName(@Nullable Object form) {
        return form instanceof Keyword || form instanceof Symbol || form instanceof String;
    }

    private static boolean isId(@Nullable Object key) {
        return key != null && isName(key) && CodeAttributes.ident(key).equals(ID);
    }

    private void map(Map<?, ?> form) {
        form.forEach((key, value) -> {
            if (isId(key)) {
                entity(value);
            } else {
                attribute(key, value);
            }
        });
    }

    /** Checks an attribute, and what is given to it. */
    private void attribute(@Nullable Object form, @Nullable Object value) {
        Object attribute = named(form);
        names |= attribute instanceof Long || isIdent(attribute);
        attributesNamed.add(attribute);
        Kind kind = attributes.mentioned(attribute);
        if (kind != null) {
            given(kind, attribute, value);
        } else if (attributes.called(CodeAttributes.forwards(attribute)) != null) {
            throw Refused.code(attribute);
        } else {
            value(value);
            if (CodeAttributes.isReverse(attribute)) {
                owners(value);
            }
        }
    }

    /** Checks what is given to an attribute whose values are code. */
    private void given(Kind kind, Object attribute, @Nullable Object value) {
        switch (kind) {
            case PREDICATE -> predicates(value, allowed::allowsPredicate);
            case ENTITY_PREDICATE -> predicates(value, allowed::allowsEntityPredicate);
            case FUNCTION -> throw Refused.code(attribute);
        }
    }

    /**
     * The attribute that a form names, by its id, its ident, or a lookup ref with its ident. No other lookup ref may stand
     * there: what it resolves to can change before the transaction is made.
     */
    static Object named(@Nullable Object form) {
        if (form instanceof List<?> lookup && lookup.size() == 2 && isIdent(lookup.get(0)) && isName(lookup.get(1))) {
            return Objects.requireNonNull(lookup.get(1));
        }
        if (form != null && (isName(form) || isAttributeId(form))) {
            return form;
        }
        throw form instanceof List || form instanceof Number
                ? Refused.code(form + " in the place of an attribute")
                : Refused.form(form, "the place of an attribute");
    }

    private static boolean isIdent(@Nullable Object name) {
        return name != null && isName(name) && CodeAttributes.ident(name).equals(IDENT);
    }

    /** Of a larger number the engines take what fits into an {@code int}, and it then names another attribute. */
    private static boolean isAttributeId(Object form) {
        return form instanceof Long id && id >= 0 && id <= Integer.MAX_VALUE;
    }

    /** Checks the value of a reverse attribute, which is what the form is about as well. */
    private void owners(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map(map);
            return;
        }
        entity(value);
        if (value instanceof Collection<?> items) {
            items.forEach(this::owners);
        }
    }

    private static void predicates(@Nullable Object value, Predicate<Symbol> allowed) {
        if (value instanceof Collection<?> several) {
            several.forEach(one -> predicates(one, allowed));
        } else if (!(value instanceof Symbol predicate && allowed.test(predicate))) {
            throw Refused.code(value);
        }
    }

    /**
     * Checks a value: maps in it are about entities, and nothing in it names an attribute whose values are code, or a
     * transaction function that may be called: another could be given that name.
     */
    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> items) {
            items.forEach(this::value);
        } else if (value != null && isName(value)) {
            if (isTaken(CodeAttributes.ident(value))) {
                throw Refused.code(value);
            }
            symbols |= value instanceof Symbol;
        }
    }

    private boolean isTaken(String ident) {
        return ident.startsWith(":")
                && (attributes.called(ident) != null || BUILT_IN.contains(ident) || allowed.isConfigured(ident));
    }

    /** Checks that what a form is about is no attribute whose values are code: it is to get no other name. */
    private void entity(@Nullable Object identifier) {
        if (attributes.mentioned(identifier) != null) {
            throw Refused.code(identifier);
        }
        // A symbol one engine takes for an ident, the other for a value.
        if (identifier instanceof Symbol || (identifier instanceof Number id && !attributes.mayWriteOf(id))) {
            throw Refused.form(identifier, "the place of an entity");
        }
        if (identifier instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                entity(key);
                entity(value);
            });
        } else if (identifier instanceof Collection<?> items) {
            items.forEach(this::value);
        }
    }
}
