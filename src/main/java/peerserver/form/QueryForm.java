package peerserver.form;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;

/**
 * A query, parsed: its sections by keyword, and the elements of its {@code :find}.
 *
 * @param written the query as it was given: a list, a map or a text
 * @param sections {@code :find}, {@code :with}, {@code :in}, {@code :where} … without the names of return maps
 * @param find the elements of {@code :find}, in order
 * @param returnMaps the names of the columns, or null when rows are tuples
 * @param repeatable false when the rows are no function of the database, as with {@code rand} and {@code sample}
 */
public record QueryForm(
        Object written,
        IPersistentMap sections,
        List<FindElement> find,
        @Nullable ReturnMaps returnMaps,
        boolean repeatable) {

    private static final Keyword FIND = Keyword.intern("find");
    private static final Keyword IN = Keyword.intern("in");
    private static final List<Keyword> NEVER_EMPTY = List.of(IN, Keyword.intern("with"));
    private static final Symbol PULL = Symbol.intern("pull");
    private static final Symbol DEFAULT_SOURCE = Symbol.intern("$");
    private static final Set<String> SECTIONS =
            Set.of("find", "keys", "strs", "syms", "with", "in", "where", "timeout");
    private static final Set<String> CHANCE =
            Set.of("rand", "rand-int", "rand-nth", "random-sample", "random-uuid", "sample", "shuffle");

    public QueryForm {
        find = List.copyOf(find);
    }

    /**
     * Parses {@code :query}, given as a list, a map or EDN text.
     *
     * @throws AnomalyException {@code incorrect} when it is none of these, or its {@code :find} is no relation
     */
    public static QueryForm parse(@Nullable Object query) {
        return parse(query, find -> find.stream().map(QueryForm::element).toList());
    }

    /**
     * Parses a query in a query, whose {@code :find} may be any that the engine knows: of the elements of a tuple, a
     * collection or a scalar.
     *
     * @throws AnomalyException {@code incorrect} when it is no query
     */
    public static QueryForm parseNested(@Nullable Object query) {
        return parse(query, find -> find.stream()
                .flatMap(form -> form instanceof PersistentVector ? ((List<?>) form).stream() : Stream.of(form))
                .filter(form -> !isFindSpec(form))
                .map(QueryForm::element)
                .toList());
    }

    private static QueryForm parse(@Nullable Object query, Function<List<?>, List<FindElement>> elements) {
        Object form = query instanceof String text ? EdnCodec.readString(text) : query;
        Map<?, ?> sections = form instanceof List<?> list ? sections(list) : form instanceof Map<?, ?> map ? map : null;
        if (query == null || sections == null) {
            throw AnomalyException.incorrect("Expected a list, a map or a string for :query");
        }
        if (!(sections.get(FIND) instanceof List<?> find) || find.isEmpty()) {
            throw AnomalyException.incorrect("A query needs a :find with at least one element");
        }
        ReturnMaps returnMaps = ReturnMaps.parse(sections, find.size());
        IPersistentMap kept = PersistentArrayMap.EMPTY;
        for (Map.Entry<?, ?> section : sections.entrySet()) {
            if (!ReturnMaps.isSection(section.getKey())) {
                kept = kept.assoc(section.getKey(), section.getValue());
            }
        }
        return new QueryForm(query, kept, elements.apply(find), returnMaps, !callsChance(sections.values()));
    }

    /** The names in {@code :in}, top level only; {@code [$]} when the query has no such section. */
    public List<?> inputs() {
        return sections.valAt(IN) instanceof List<?> inputs ? inputs : List.of(DEFAULT_SOURCE);
    }

    /** This query with other columns in its {@code :find}. */
    public IPersistentMap withFind(List<Object> columns) {
        return sections.assoc(FIND, PersistentVector.create(columns));
    }

    private static Map<?, ?> sections(List<?> list) {
        IPersistentMap map = PersistentArrayMap.EMPTY;
        Object name = null;
        List<Object> section = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof Keyword keyword && SECTIONS.contains(keyword.sym.toString())) {
                if (name != null && section.isEmpty() && NEVER_EMPTY.contains(name)) {
                    // The engine takes the name of the next section for what it is to hold.
                    throw AnomalyException.incorrect("Nothing follows " + name + " in the query");
                }
                map = name == null ? map : map.assoc(name, PersistentVector.create(section));
                name = item;
                section = new ArrayList<>();
            } else if (name == null) {
                throw AnomalyException.incorrect("A query in list form begins with :find or another section");
            } else {
                section.add(item);
            }
        }
        return (Map<?, ?>) (name == null ? map : map.assoc(name, PersistentVector.create(section)));
    }

    private static FindElement element(Object form) {
        if (form instanceof PersistentVector || isFindSpec(form)) {
            throw AnomalyException.incorrect("Only find-rel elements are allowed in client find-spec");
        }
        if (form instanceof List<?> call && call.size() >= 3 && PULL.equals(call.get(0))) {
            return pull(call);
        }
        return new FindElement.Column(form);
    }

    private static boolean isFindSpec(Object form) {
        return form instanceof Symbol symbol
                && symbol.getNamespace() == null
                && (symbol.getName().equals(".") || symbol.getName().equals("..."));
    }

    private static FindElement pull(List<?> call) {
        boolean sourced = call.size() == 4;
        Object source = sourced ? call.get(1) : DEFAULT_SOURCE;
        Object variable = call.get(sourced ? 2 : 1);
        Object pattern = call.get(sourced ? 3 : 2);
        if (call.size() > 4 || !(source instanceof Symbol from) || !(variable instanceof Symbol pulled)) {
            return new FindElement.Column(call);
        }
        return pattern instanceof Symbol input
                ? new FindElement.Pull(call, from, pulled, null, input)
                : new FindElement.Pull(call, from, pulled, pattern, null);
    }

    private static boolean callsChance(Object form) {
        if (form instanceof Symbol symbol) {
            return CHANCE.contains(symbol.getName());
        }
        if (form instanceof Map<?, ?> map) {
            return callsChance(map.keySet()) || callsChance(map.values());
        }
        return form instanceof Collection<?> forms && forms.stream().anyMatch(QueryForm::callsChance);
    }
}
