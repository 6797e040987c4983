package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** Whether the data has something that could be code, or be known as an attribute, where nothing says that it is. */
    private boolean doubtful;

    TransactionCheck(AllowedCode allowed, CodeAttributes attributes) {
        this.allowed = allowed;
        this.attributes = attributes;
    }

    /** Checks a transaction by its forms and, where these leave a doubt, by the datoms that it would make. */
    void check(TransactionForm transaction, DbValue before) {
        forms(transaction.data());
        if (doubtful) {
            before.with(transaction, null).txData().forEach(this::made);
        }
    }

    private void made(Datom datom) {
        if (datom.e() instanceof Number entity && attributes.isDisguise(entity)) {
            throw Refused.code(entity);
        }
        Kind kind = datom.added() ? attributes.mentioned(datom.a()) : null;
        if (kind == Kind.PREDICATE) {
            predicates(datom.v());
        } else if (kind == Kind.FUNCTION) {
            throw Refused.code(datom.v());
        }
    }

    private void forms(List<?> data) {
        for (Object form : data) {
            if (form instanceof Map<?, ?> map) {
                map(map);
            } else if (form instanceof List<?> list && !list.isEmpty()) {
                list(list);
            } else {
                throw AnomalyException.incorrect("Expected lists that are not empty, and maps, in :tx-data");
            }
        }
    }

    private void list(List<?> form) {
        Object operation = form.get(0);
        // A symbol is the name of a function, though one engine takes it for an ident, too.
        String name = operation instanceof Keyword || operation instanceof String ? operation.toString() : "";
        if (ON_ATTRIBUTES.contains(name)) {
            entity(form.size() > 1 ? form.get(1) : null);
            if (form.size() > 2) {
                attribute(form.get(2), form.subList(3, form.size()));
            }
        } else if (BUILT_IN.contains(name)) {
            form.subList(1, form.size()).forEach(this::entity);
        } else if (!allowed.allowsTransactionFunction(operation)) {
            throw Refused.code(operation);
        }
    }

    private static boolean isName(@Nullable Object form) {
        return form instanceof Keyword || form instanceof Symbol || form instanceof String;
    }

    private void map(Map<?, ?> form) {
        form.forEach((key, value) -> {
            if (isName(key) && CodeAttributes.ident(key).equals(ID)) {
                entity(value);
            } else {
                attribute(key, value);
            }
        });
    }

    /** Checks an attribute, and what is given to it. */
    private void attribute(@Nullable Object form, @Nullable Object value) {
        Object attribute = named(form);
        Kind kind = attributes.mentioned(attribute);
        if (kind == Kind.PREDICATE) {
            predicates(value);
        } else if (kind == Kind.FUNCTION || attributes.called(CodeAttributes.forwards(attribute)) != null) {
            throw Refused.code(attribute);
        } else {
            value(value);
            if (CodeAttributes.isReverse(attribute)) {
                owners(value);
            }
        }
    }

    /**
     * The attribute that a form names, by its id, its ident, or a lookup ref with its ident. No other lookup ref may stand
     * there: what it resolves to can change before the transaction is made.
     */
    private static Object named(@Nullable Object form) {
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

    private void predicates(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            several.forEach(this::predicates);
        } else if (!(value instanceof Symbol predicate && allowed.allowsPredicate(predicate))) {
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
        } else if (value instanceof Number number) {
            doubtful |= attributes.isDisguise(number);
        } else if (value != null && isName(value)) {
            if (isTaken(CodeAttributes.ident(value))) {
                throw Refused.code(value);
            }
            doubtful |= value instanceof Symbol;
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
