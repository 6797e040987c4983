package peerserver.form;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.Symbol;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;

/**
 * The names that {@code :keys}, {@code :strs} or {@code :syms} give to a query's columns: rows become maps.
 *
 * @param names one for each element of {@code :find}
 */
public record ReturnMaps(List<Object> names) {

    private static final Map<Keyword, Function<Symbol, Object>> SECTIONS = Map.of(
            Keyword.intern("keys"), Keyword::intern,
            Keyword.intern("strs"), Symbol::toString,
            Keyword.intern("syms"), symbol -> symbol);

    public ReturnMaps {
        names = List.copyOf(names);
    }

    static boolean isSection(Object key) {
        return key instanceof Keyword keyword && SECTIONS.containsKey(keyword);
    }

    /** Parses the section of that kind that a query has, or returns null when it has none. */
    static @Nullable ReturnMaps parse(Map<?, ?> query, int columns) {
        ReturnMaps found = null;
        for (Map.Entry<Keyword, Function<Symbol, Object>> section : SECTIONS.entrySet()) {
            Object symbols = query.get(section.getKey());
            if (symbols == null) {
                continue;
            }
            if (found != null || !(symbols instanceof List<?> list) || list.size() != columns) {
                throw AnomalyException.incorrect("Count of :keys/:strs/:syms must match count of :find");
            }
            found = new ReturnMaps(
                    list.stream().map(name -> name(section.getValue(), name)).toList());
        }
        return found;
    }

    private static Object name(Function<Symbol, Object> kind, Object name) {
        if (!(name instanceof Symbol symbol)) {
            throw AnomalyException.incorrect("Expected symbols in :keys/:strs/:syms");
        }
        return kind.apply(symbol);
    }

    /** The row as a map from names to values. */
    public IPersistentMap map(List<?> row) {
        Object[] entries = new Object[2 * names.size()];
        for (int i = 0; i < names.size(); i++) {
            entries[2 * i] = names.get(i);
            entries[2 * i + 1] = row.get(i);
        }
        return PersistentArrayMap.createAsIfByAssoc(entries);
    }
}
