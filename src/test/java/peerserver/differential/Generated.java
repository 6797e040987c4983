package peerserver.differential;

import clojure.lang.RT;
import clojure.lang.Symbol;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import peerserver.conformance.Clj;

/**
 * Generated worlds, and what can be asked of them, of either engine. A counterexample, shrunk and printed as it would stand in a list,
 * becomes a case of {@code counterexamples.edn}.
 */
abstract class Generated {

    private static final String SEED = "20261122";

    private final Comparison comparison;
    private final Arbitrary<World> worlds;

    Generated(Comparison comparison, Arbitrary<World> worlds) {
        this.comparison = comparison;
        this.worlds = worlds;
    }

    @Property(seed = SEED)
    void queriesAgree(@ForAll("queries") Case query) {
        comparison.check(query);
    }

    @Provide
    Arbitrary<Case> queries() {
        return worlds.flatMap(Queries::of);
    }

    @Property(seed = SEED)
    void pullsAgree(@ForAll("pulls") Case pull) {
        comparison.check(pull);
    }

    @Provide
    Arbitrary<Case> pulls() {
        return worlds.flatMap(world -> Combinators.combine(Patterns.of(world, 2), world.entity())
                .as((selector, eid) -> Case.generated("pull", "db", world.db(), "selector", selector, "eid", eid)));
    }

    @Property(seed = SEED)
    void readingsOfIndexesAgree(@ForAll("readings") Case reading) {
        comparison.check(reading);
    }

    @Provide
    Arbitrary<Case> readings() {
        return worlds.flatMap(world -> world.attribute()
                .flatMap(attribute -> Arbitraries.oneOf(
                        datoms(world, attribute), range(world, attribute), indexPull(world, attribute))));
    }

    private static Arbitrary<Case> datoms(World world, World.Attribute attribute) {
        return Combinators.combine(
                        Arbitraries.of("eavt", "aevt", "avet", "vaet"),
                        world.entity(),
                        attribute.asked(),
                        Arbitraries.of(1, 2, 3),
                        page(),
                        Arbitraries.of(true, false))
                .as((index, e, v, parts, page, history) -> {
                    List<Object> all = index.chars()
                            .limit(3)
                            .mapToObj(part -> part == 'e' ? e : part == 'a' ? attribute.keyword() : v)
                            .toList();
                    Form.Db db = world.db();
                    return generated(
                            page,
                            "datoms",
                            "db",
                            history ? new Form.Db(RT.list(Symbol.intern("history"), db.form())) : db,
                            "index",
                            Clj.keyword(index),
                            "components",
                            RT.vector(all.subList(0, parts).toArray()));
                });
    }

    private static Arbitrary<Case> range(World world, World.Attribute attribute) {
        return Combinators.combine(
                        attribute.asked().injectNull(0.3), attribute.asked().injectNull(0.3), page())
                .as((start, end, page) -> generated(
                        page,
                        "index-range",
                        "db",
                        world.db(),
                        "attrid",
                        attribute.keyword(),
                        "start",
                        start,
                        "end",
                        end));
    }

    private static Arbitrary<Case> indexPull(World world, World.Attribute attribute) {
        return Combinators.combine(
                        Arbitraries.of("avet", "aevt"),
                        Patterns.of(world, 1),
                        attribute.asked().injectNull(0.5),
                        Arbitraries.of(true, false),
                        page())
                .as((index, selector, v, reverse, page) -> generated(
                        page,
                        "index-pull",
                        "db",
                        world.db(),
                        "index",
                        Clj.keyword(index),
                        "selector",
                        selector,
                        "start",
                        v == null ? RT.vector(attribute.keyword()) : RT.vector(attribute.keyword(), v),
                        "reverse",
                        reverse));
    }

    private static Case generated(Object page, String op, Object... namesAndValues) {
        Case plain = Case.generated(op, namesAndValues);
        return new Case(
                plain.name(), op, (clojure.lang.IPersistentMap) Clj.merge(plain.args(), page), false, false, null);
    }

    private static Arbitrary<Object> page() {
        return Arbitraries.of(
                        "{}", "{:limit 2}", "{:offset 1}", "{:offset 1 :limit 2 :chunk 1}", "{:limit -1 :chunk 2}")
                .map(Clj::edn);
    }

    @Property(seed = SEED)
    void transactionsAgree(@ForAll("transactions") Case transaction) {
        comparison.check(transaction);
    }

    @Provide
    Arbitrary<Case> transactions() {
        return worlds.flatMap(world -> form(world)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(forms -> Case.generated("with", "db", world.db(), "tx-data", RT.vector(forms.toArray()))));
    }

    private static Arbitrary<Object> form(World world) {
        Arbitrary<Object> entity = Arbitraries.oneOf(world.entity(), Arbitraries.of("e0", "e1"));
        return world.attribute().flatMap(attribute -> {
            Object a = attribute.keyword();
            Arbitrary<Object> value = Arbitraries.oneOf(attribute.value(), attribute.asked());
            return Arbitraries.oneOf(
                    Combinators.combine(Arbitraries.of("db/add", "db/retract"), entity, value)
                            .as((op, e, v) -> RT.vector(Clj.keyword(op), e, a, v)),
                    entity.map(e -> RT.vector(Clj.keyword("db/retract"), e, a)),
                    entity.map(e -> RT.vector(Clj.keyword("db/retractEntity"), e)),
                    Combinators.combine(entity, value.injectNull(0.3), value)
                            .as((e, was, v) -> RT.vector(Clj.keyword("db/cas"), e, a, was, v)),
                    Combinators.combine(entity, attribute.values())
                            .as((e, v) -> Clj.mapOf("db/id", e, attribute.name(), v)),
                    Combinators.combine(Arbitraries.longs().between(0, 6), attribute.values())
                            .as((id, v) -> Clj.mapOf("g/id", id, attribute.name(), v)));
        });
    }
}
