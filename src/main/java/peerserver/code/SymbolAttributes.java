package peerserver.code;

import clojure.lang.IPersistentMap;
import clojure.lang.PersistentHashMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;

/**
 * Fixes the attributes to which a transaction gives symbols, the only values that become predicates: it names them by their
 * ids, once these are known to be none of code. A name can come to stand for another attribute before the transaction is
 * made, and for an entity that engines take for one: of its id they take the lower half, and the first transactions of
 * Datomic Local (seen: 1.0.291) have those of boot attributes.
 */
final class SymbolAttributes {

    /** Where the values begin in a list, behind the attribute. */
    private static final int VALUES = 3;

    private final CodeAttributes attributes;

    SymbolAttributes(CodeAttributes attributes) {
        this.attributes = attributes;
    }

    /** A checked transaction with its attributes fixed. */
    TransactionForm fixed(TransactionForm transaction) {
        return new TransactionForm(transaction.data().stream().map(this::form).toList());
    }

    private @Nullable Object form(@Nullable Object form) {
        if (!(form instanceof List<?> list)) {
            return value(form);
        }
        if (list.size() <= VALUES || !TransactionCheck.isOnAttribute(list)) {
            return list;
        }
        List<@Nullable Object> fixed = new ArrayList<>(list);
        for (int i = VALUES; i < fixed.size(); i++) {
            fixed.set(i, value(fixed.get(i)));
        }
        fixed.set(VALUES - 1, attribute(list.get(VALUES - 1), list.subList(VALUES, list.size())));
        return PersistentVector.create(fixed);
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Collection<?> items) {
            List<?> fixed = items.stream().map(this::value).toList();
            return value instanceof Set ? PersistentHashSet.create(fixed) : PersistentVector.create(fixed);
        }
        return value;
    }

    private IPersistentMap map(Map<?, ?> map) {
        IPersistentMap fixed = PersistentHashMap.EMPTY;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object attribute = TransactionCheck.isId(entry.getKey())
                    ? entry.getKey()
                    : attribute(entry.getKey(), entry.getValue());
            fixed = fixed.assoc(attribute, value(entry.getValue()));
        }
        if (fixed.count() < map.size()) {
            throw AnomalyException.incorrect("An attribute may be in a map once, under one of its names");
        }
        return fixed;
    }

    /** The attribute as it is to be named with those values. */
    private @Nullable Object attribute(@Nullable Object form, @Nullable Object values) {
        if (!holdsSymbol(values)) {
            return form;
        }
        Object name = TransactionCheck.named(form);
        // Of a reverse the values are entities; what is given to an attribute of code was looked at by itself.
        return CodeAttributes.isReverse(name) || attributes.mentioned(name) != null ? form : attributes.plainId(name);
    }

    private static boolean holdsSymbol(@Nullable Object value) {
        return value instanceof Symbol
                || (value instanceof Collection<?> items && items.stream().anyMatch(SymbolAttributes::holdsSymbol));
    }
}
