package peerserver.differential;

import clojure.lang.RT;
import clojure.lang.Symbol;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import peerserver.conformance.Clj;

/** Generated pull patterns over a world: wildcards, options, nesting, recursion, forwards and backwards. */
final class Patterns {

    private Patterns() {}

    static Arbitrary<Object> of(World world, int depth) {
        return spec(world, depth).list().ofMinSize(1).ofMaxSize(3).map(specs -> RT.vector(specs.toArray()));
    }

    private static Arbitrary<Object> spec(World world, int depth) {
        Arbitrary<Object> name = world.attribute().map(World.Attribute::keyword);
        Arbitrary<Object> plain = Arbitraries.oneOf(
                name,
                Arbitraries.of(Clj.edn("*"), Clj.keyword("db/id"), Clj.keyword("g/id")),
                Combinators.combine(name, option()).as((attribute, option) -> vector(attribute, option)));
        List<World.Attribute> references = world.references();
        if (references.isEmpty() || depth == 0) {
            return plain;
        }
        Arbitrary<Object> reference = Combinators.combine(Arbitraries.of(references), Arbitraries.of("g/", "g/_"))
                .as((attribute, prefix) -> Clj.keyword(prefix + attribute.name().substring(2)));
        Arbitrary<Object> key = Arbitraries.oneOf(
                reference,
                Combinators.combine(reference, option()).as((attribute, option) -> vector(attribute, option)));
        Arbitrary<Object> below = Arbitraries.oneOf(
                Arbitraries.lazy(() -> of(world, depth - 1)),
                Arbitraries.of(1L, 2L, Symbol.intern("...")).map(limit -> limit));
        return Arbitraries.oneOf(plain, key, Combinators.combine(key, below).as((k, v) -> RT.map(k, v)));
    }

    private static Arbitrary<List<Object>> option() {
        return Arbitraries.of(
                List.of(Clj.keyword("as"), Clj.keyword("renamed")),
                List.of(Clj.keyword("limit"), 1L),
                List.of(Clj.keyword("default"), "none"),
                List.of(Clj.keyword("xform"), Symbol.intern("str")));
    }

    private static Object vector(Object first, List<Object> rest) {
        return RT.vector(first, rest.get(0), rest.get(1));
    }
}
