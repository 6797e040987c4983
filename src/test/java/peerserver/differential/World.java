package peerserver.differential;

import clojure.lang.RT;
import clojure.lang.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import peerserver.conformance.Clj;

/**
 * A generated schema, and data that fits it.
 *
 * @param attributes besides {@code :g/id}, which every entity has
 * @param data one map form for each entity
 */
record World(List<Attribute> attributes, List<Object> data) {

    private static final int ENTITIES = 5;

    static final Arbitrary<World> ANY = Attribute.ANY
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(World::numbered)
            .flatMap(attributes -> entities(attributes).map(data -> new World(attributes, data)));

    private static List<Attribute> numbered(List<Attribute> attributes) {
        return IntStream.range(0, attributes.size())
                .mapToObj(i -> attributes.get(i).named("g/" + (char) ('a' + i)))
                .toList();
    }

    private static Arbitrary<List<Object>> entities(List<Attribute> attributes) {
        return facts(attributes).list().ofMinSize(1).ofMaxSize(ENTITIES).map(entities -> IntStream.range(
                        0, entities.size())
                .mapToObj(i -> Clj.merge(Clj.map("{:db/id \"e" + i + "\" :g/id " + i + "}"), entities.get(i)))
                .toList());
    }

    private static Arbitrary<Object> facts(List<Attribute> attributes) {
        List<Arbitrary<Object>> each = attributes.stream()
                .map(attribute -> attribute
                        .values()
                        .map(value -> (Object) Clj.mapOf(attribute.name(), value))
                        .injectNull(0.3))
                .toList();
        return Combinators.combine(each).as(maps -> Clj.merge(maps.toArray()));
    }

    /** The same without {@code :db/index}, which Datomic Local does not know. */
    World withoutIndexes() {
        return new World(
                attributes.stream()
                        .map(attribute -> new Attribute(
                                attribute.name(),
                                attribute.type(),
                                attribute.many(),
                                attribute.more().replace(":db/index true", "")))
                        .toList(),
                data);
    }

    /** The value of an empty database with the schema and the data in it. */
    Form.Db db() {
        return new Form.Db(with(data, schemaDb()));
    }

    private Object schemaDb() {
        List<Object> schema = new ArrayList<>();
        schema.add(Clj.edn("{:db/ident :g/id :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/unique :db.unique/identity}"));
        attributes.forEach(attribute -> schema.add(attribute.definition()));
        return with(schema, Clj.edn("(with-db empty)"));
    }

    private static Object with(List<Object> txData, Object db) {
        return RT.list(Symbol.intern("with"), RT.vector(txData.toArray()), db);
    }

    /** Any of the attributes. */
    Arbitrary<Attribute> attribute() {
        return Arbitraries.of(attributes);
    }

    /** Any of the attributes that refer to entities; none if there is none. */
    List<Attribute> references() {
        return attributes.stream()
                .filter(attribute -> attribute.type().equals("ref"))
                .toList();
    }

    /** A lookup ref to some entity, which may be missing. */
    Arbitrary<Object> entity() {
        return Arbitraries.integers().between(0, data.size()).map(i ->
                (Object) RT.vector(Clj.keyword("g/id"), i.longValue()));
    }

    @Override
    public String toString() {
        return Clj.print(db().literal());
    }

    /** A generated attribute. */
    record Attribute(String name, String type, boolean many, String more) {

        private static final Map<String, List<String>> VALUES = Map.of(
                "long", List.of("0", "1", "2", "-1", "9223372036854775807"),
                "string", List.of("\"\"", "\"a\"", "\"b\"", "\"å\""),
                "keyword", List.of(":k", ":k/a", ":k/b"),
                "boolean", List.of("true", "false"),
                "double", List.of("0.0", "1.5", "-0.0", "##Inf", "##NaN", "2.0"),
                "bigdec", List.of("1M", "1.0M", "1.00M", "0M", "-2.5M"),
                "instant", List.of("#inst \"2020-01-01\"", "#inst \"1960-01-01T00:00:00.001Z\""),
                "bigint", List.of("1N", "123456789012345678901234567890N"),
                "tuple", List.of("[1 2]", "[1 nil]", "[nil 2]", "[0 1]"),
                "ref", List.of("\"e0\"", "\"e1\"", "\"e2\"", "\"e3\""));

        private static final List<String> COMPONENTS = List.of("{:g/id 10}", "{:g/id 11}");

        static final Arbitrary<Attribute> ANY = Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just("ref")),
                                Tuple.of(
                                        5,
                                        Arbitraries.of(VALUES.keySet().stream()
                                                .sorted()
                                                .toList()))),
                        Arbitraries.of(false, true),
                        Arbitraries.of("", ":db/index true", ":db/isComponent true", ":db/noHistory true"))
                .as((type, many, more) ->
                        new Attribute("", type, many, more.contains("Component") && !type.equals("ref") ? "" : more));

        Attribute named(String newName) {
            return new Attribute(newName, type, many, more);
        }

        Object keyword() {
            return Clj.keyword(name);
        }

        Object definition() {
            return Clj.edn(
                    "{:db/ident :%s :db/valueType :db.type/%s :db/cardinality :db.cardinality/%s %s %s}",
                    name, type, many ? "many" : "one", type.equals("tuple") ? ":db/tupleType :db.type/long" : "", more);
        }

        /** One value, as a query would have it: of a reference, a lookup ref. */
        Arbitrary<Object> asked() {
            return type.equals("ref")
                    ? Arbitraries.longs().between(0, 4).map(i -> RT.vector(Clj.keyword("g/id"), i))
                    : value();
        }

        /** One value, as a map form would have it; components make no circles, on which a pull would never end. */
        Arbitrary<Object> value() {
            return Arbitraries.of(isComponent() ? COMPONENTS : VALUES.get(type)).map(Clj::edn);
        }

        private boolean isComponent() {
            return more.contains(":db/isComponent");
        }

        /** What a map form may say of an entity. */
        Arbitrary<Object> values() {
            return many ? value().list().ofMinSize(1).ofMaxSize(3).map(list -> RT.vector(list.toArray())) : value();
        }
    }
}
