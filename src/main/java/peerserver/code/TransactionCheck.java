package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peerserver.code.CodeAttributes.Kind;
import peerserver.wire.AnomalyException;

/**
 * Checks transaction data: the functions that are called, what is given to attributes whose values are code, and that
 * nobody gives such an attribute another name.
 */
final class TransactionCheck {

    private static final Set<String> ASSERTIONS = Set.of(":db/add", ":db/retract");
    private static final Set<String> BUILT_IN = Set.of(
            ":db/cas",
            ":db.fn/cas",
            ":db/retractEntity",
            ":db.fn/retractEntity",
            ":db/force-partition",
            ":db/match-partition");
    private static final String ID = ":db/id";

    private final AllowedCode allowed;
    private final CodeAttributes attributes;

    TransactionCheck(AllowedCode allowed, CodeAttributes attributes) {
        this.allowed = allowed;
        this.attributes = attributes;
    }

    /** Checks transaction data. */
    void check(List<?> data) {
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
        if (ASSERTIONS.contains(name)) {
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
    private void attribute(@Nullable Object attribute, @Nullable Object value) {
        if (attribute == null || !(isName(attribute) || attribute instanceof Number || attribute instanceof List)) {
            throw Refused.form(attribute, "the place of an attribute");
        }
        Kind kind = attributes.named(attribute);
        if (kind == Kind.PREDICATE) {
            predicates(value);
        } else if (kind == Kind.FUNCTION || attributes.called(CodeAttributes.forwards(attribute)) != null) {
            throw Refused.code(attribute);
        } else {
            value(value);
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
        } else if (value != null && isName(value) && isTaken(CodeAttributes.ident(value))) {
            throw Refused.code(value);
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
