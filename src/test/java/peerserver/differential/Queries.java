package peerserver.differential;

import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentList;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import peerserver.conformance.Clj;

/** Generated queries over a world: patterns that bind variables, then clauses and finds over what they bind. */
final class Queries {

    private static final List<Symbol> ENTITIES = List.of(Symbol.intern("?a"), Symbol.intern("?b"), Symbol.intern("?c"));
    private static final Object RULES = Clj.edn("[[(linked ?x ?y) [?x :g/a ?y]] [(linked ?x ?y) [?x :g/id ?y]]]");

    private final World world;

    private Queries(World world) {
        this.world = world;
    }

    static Arbitrary<Case> of(World world) {
        return new Queries(world).any();
    }

    private Arbitrary<Case> any() {
        return pattern().list().ofMinSize(1).ofMaxSize(3).flatMap(patterns -> {
            List<Symbol> bound = variables(patterns);
            return bound.isEmpty() ? found(patterns, List.of(Symbol.intern("?none"))) : found(patterns, bound);
        });
    }

    private Arbitrary<Case> found(List<Object> patterns, List<Symbol> bound) {
        return Combinators.combine(
                        find(bound).list().ofMinSize(1).ofMaxSize(3).uniqueElements(Queries::variable),
                        clause(bound).list().ofMaxSize(2),
                        Arbitraries.of(bound).injectNull(0.7),
                        input(bound).injectNull(0.6))
                .as((find, clauses, with, input) ->
                        query(find, concat(patterns, clauses), Data.mentions(find, with) ? null : with, input));
    }

    private Case query(List<Object> find, List<Object> where, Symbol with, Tuple2<Object, Object> input) {
        Object query = PersistentArrayMap.EMPTY
                .assoc(Clj.keyword("find"), vector(find))
                .assoc(Clj.keyword("where"), vector(where))
                .assoc(
                        Clj.keyword("in"),
                        input == null
                                ? Clj.edn("[$ %]")
                                : RT.vector(Symbol.intern("$"), Symbol.intern("%"), input.get1()));
        Object all = with == null ? query : Clj.merge(query, Clj.mapOf("with", RT.vector(with)));
        Object args = input == null ? RT.vector(world.db(), RULES) : RT.vector(world.db(), RULES, input.get2());
        return Case.generated("q", "query", all, "args", args);
    }

    /** {@code [?a :g/x ?b]}, also with a constant, a blank or the transaction. */
    private Arbitrary<Object> pattern() {
        return world.attribute().flatMap(attribute -> {
            Arbitrary<Object> value = Arbitraries.frequencyOf(
                    Tuple.of(
                            4,
                            variable(
                                    attribute.type().equals("ref")
                                            ? ENTITIES
                                            : List.of(Symbol.intern("?v"), Symbol.intern("?w")))),
                    Tuple.of(1, attribute.asked()),
                    Tuple.of(1, Arbitraries.just(Symbol.intern("_"))));
            return Combinators.combine(variable(ENTITIES), value, Arbitraries.of(true, false, false, false))
                    .as((e, v, tx) -> tx
                            ? RT.vector(e, attribute.keyword(), v, Symbol.intern("?tx"))
                            : RT.vector(e, attribute.keyword(), v));
        });
    }

    /** What a find is about: none twice, for the peer library cannot pull a variable that is a column too. */
    private static Object variable(Object find) {
        return find instanceof Symbol ? find : RT.second(find);
    }

    private static Arbitrary<Object> variable(List<Symbol> of) {
        return Arbitraries.of(of).map(Function.identity());
    }

    private Arbitrary<Object> find(List<Symbol> bound) {
        Arbitrary<Object> variable = variable(bound);
        List<Symbol> entities = entities(bound);
        Arbitrary<Object> aggregate = Combinators.combine(
                        Arbitraries.of("count", "count-distinct", "min", "max", "distinct"), variable)
                .as((name, of) -> call(name, of));
        return entities.isEmpty()
                ? Arbitraries.oneOf(variable, aggregate)
                : Arbitraries.frequencyOf(
                        Tuple.of(4, variable),
                        Tuple.of(1, aggregate),
                        Tuple.of(
                                1,
                                Combinators.combine(variable(entities), Patterns.of(world, 1))
                                        .as((e, pattern) -> call("pull", e, pattern))));
    }

    /** Only entities stand where entities belong: which value the engine would stumble over first has no order. */
    private Arbitrary<Object> clause(List<Symbol> bound) {
        List<Symbol> entities = entities(bound);
        return entities.isEmpty()
                ? expression(bound)
                : Arbitraries.oneOf(expression(bound), clause(variable(entities), variable(bound)));
    }

    private Arbitrary<Object> clause(Arbitrary<Object> entity, Arbitrary<Object> variable) {
        Arbitrary<Object> attribute = world.attribute().map(World.Attribute::keyword);
        Arbitrary<Object> blank = Combinators.combine(entity, attribute).as((e, a) -> RT.vector(e, a));
        Arbitrary<Object> constant = world.attribute()
                .flatMap(a -> Combinators.combine(entity, a.asked()).as((e, v) -> RT.vector(e, a.keyword(), v)));
        Arbitrary<Object> simple = Arbitraries.oneOf(blank, constant);
        return Arbitraries.oneOf(
                simple.map(inner -> call("not", inner)),
                Combinators.combine(entity, simple, simple)
                        .as((v, one, other) -> call("or-join", RT.vector(v), one, other)),
                Combinators.combine(entity, simple).as((v, inner) -> call("not-join", RT.vector(v), inner)),
                Combinators.combine(entity, attribute)
                        .as((e, a) -> RT.vector(call("missing?", Symbol.intern("$"), e, a))),
                Combinators.combine(entity, variable).as((x, y) -> call("linked", x, y)));
    }

    private static Arbitrary<Object> expression(List<Symbol> bound) {
        Arbitrary<Object> variable = variable(bound);
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of("=", "!="), variable, variable)
                        .as((f, x, y) -> RT.vector(call(f, x, y))),
                Combinators.combine(variable, variable)
                        .as((x, y) -> RT.vector(call("vector", x, y), Symbol.intern("?made"))));
    }

    private static List<Symbol> entities(List<Symbol> bound) {
        return bound.stream().filter(ENTITIES::contains).toList();
    }

    /** A binding form for a bound variable, and what is given for it. */
    private Arbitrary<Tuple2<Object, Object>> input(List<Symbol> bound) {
        return Arbitraries.of(bound)
                .flatMap(variable -> input(
                        variable,
                        ENTITIES.contains(variable)
                                ? world.entity()
                                : world.attribute().flatMap(World.Attribute::asked)));
    }

    private static Arbitrary<Tuple2<Object, Object>> input(Symbol variable, Arbitrary<Object> value) {
        Arbitrary<Object> values = value.list().ofMaxSize(3).map(Queries::vector);
        return Arbitraries.oneOf(
                value.map(v -> Tuple.of((Object) variable, v)),
                values.map(v -> Tuple.of((Object) RT.vector(variable, Symbol.intern("...")), v)),
                value.map(v -> Tuple.of((Object) RT.vector(variable, Symbol.intern("_")), (Object) RT.vector(v, 1L))),
                value.list()
                        .ofMaxSize(3)
                        .map(items -> Tuple.of(
                                (Object) RT.vector(RT.vector(variable)),
                                vector(items.stream()
                                        .map(item -> (Object) RT.vector(item))
                                        .toList()))));
    }

    private static List<Symbol> variables(List<Object> patterns) {
        Set<Symbol> variables = new LinkedHashSet<>();
        for (Object pattern : patterns) {
            for (Object part : Clj.list(pattern)) {
                if (part instanceof Symbol symbol && symbol.getName().startsWith("?")) {
                    variables.add(symbol);
                }
            }
        }
        return new ArrayList<>(variables);
    }

    private static List<Object> concat(List<Object> one, List<Object> other) {
        List<Object> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** A list as the reader makes it: others are printed otherwise in messages. */
    private static Object call(String function, Object... args) {
        List<Object> call = new ArrayList<>(List.of(Symbol.intern(function)));
        call.addAll(List.of(args));
        return PersistentList.create(call);
    }

    private static Object vector(List<Object> items) {
        return RT.vector(items.toArray());
    }
}
