package peerserver.code;

import clojure.lang.IPersistentMap;
import clojure.lang.IPersistentVector;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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

    /** What engines look for in maps by name. Nobody can give these names to anything else. */
    private static final Set<String> STAY = Set.of(":db/id", ":db/ident", ":db/ensure");

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
        // A name that looks like that of a reverse is none there.
        fixed.set(VALUES - 1, attribute(list.get(VALUES - 1), list.subList(VALUES, list.size())));
        return PersistentVector.create(fixed);
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Collection<?> items) {
            List<?> fixed = items.stream().map(this::value).toList();
            return value instanceof Set
                    ? PersistentHashSet.create(fixed)
                    : value instanceof IPersistentVector
                            ? PersistentVector.create(fixed)
                            : PersistentList.create(fixed);
        }
        return value;
    }

    /** A map with its entries in their order, in which engines make datoms of them. */
    private IPersistentMap map(Map<?, ?> map) {
        List<@Nullable Object> fixed = new ArrayList<>();
        Set<@Nullable Object> keys = new HashSet<>();
        map.forEach((key, given) -> {
            Object attribute = stays(key) ? key : attribute(key, given);
            if (!keys.add(attribute)) {
                throw AnomalyException.incorrect("An attribute may be in a map once, under one of its names");
            }
            fixed.add(attribute);
            fixed.add(value(given));
        });
        return new PersistentArrayMap(fixed.toArray());
    }

    /** Of the reverse of an attribute the values are entities, and no symbols. */
    private static boolean stays(@Nullable Object key) {
        return key != null
                && !(key instanceof List)
                && (STAY.contains(CodeAttributes.ident(key)) || CodeAttributes.isReverse(key));
    }

    /** The attribute as it is to be named with those values. */
    private @Nullable Object attribute(@Nullable Object form, @Nullable Object values) {
        if (!holdsSymbol(values)) {
            return form;
        }
        Object name = TransactionCheck.named(form);
        // What is given to an attribute of code was looked at by itself.
        return attributes.mentioned(name) != null ? form : attributes.plainId(name);
    }

    private static boolean holdsSymbol(@Nullable Object value) {
        return value instanceof Symbol
                || (value instanceof Collection<?> items && items.stream().anyMatch(SymbolAttributes::holdsSymbol));
    }
}
