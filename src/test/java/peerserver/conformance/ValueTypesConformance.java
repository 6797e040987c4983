package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.BigInt;
import clojure.lang.RT;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of value that an attribute can hold: in through {@code transact}, out through every way of reading. */
abstract class ValueTypesConformance extends Conformance {

    private static final List<String> SCALARS = List.of(
            "string", "boolean", "long", "bigint", "float", "double", "bigdec", "instant", "uuid", "uri", "keyword",
            "symbol", "bytes", "ref");

    ValueTypesConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        List<Object> schema = new ArrayList<>();
        for (String type : SCALARS) {
            if (!target.engine().holds(type)) {
                continue;
            }
            String index = type.equals("bytes") ? "" : target.engine().schema(" :db/index true");
            schema.add(attribute(type, ":db/valueType :db.type/" + type + index));
        }
        schema.add(attribute("pair", ":db/valueType :db.type/tuple :db/tupleTypes [:db.type/long :db.type/string]"));
        schema.add(
                attribute(
                        "mixed",
                        ":db/valueType :db.type/tuple :db/tupleTypes"
                                + " [:db.type/keyword :db.type/instant :db.type/uuid :db.type/uri :db.type/bigdec :db.type/symbol]"));
        schema.add(attribute("many", ":db/valueType :db.type/tuple :db/tupleType :db.type/long"));
        schema.add(attribute("composite", ":db/valueType :db.type/tuple :db/tupleAttrs [:value/string :value/long]"));
        schema.add(Clj.edn("{:db/ident :value/referred}"));
        hello.transactData(RT.vector(schema.toArray()));
    }

    private static Object attribute(String name, String type) {
        return Clj.edn("{:db/ident :value/" + name + " :db/cardinality :db.cardinality/one " + type + "}");
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("string", "plain"),
                new Sample("string", ""),
                new Sample("string", "~:not a keyword"),
                new Sample("string", "^ ` ~ \n\t \"quoted\" \\ \u0000 æøå \uD83C\uDFB8"),
                new Sample("string", "long ".repeat(700)),
                new Sample("boolean", true),
                new Sample("boolean", false),
                new Sample("long", 0L),
                new Sample("long", Long.MAX_VALUE),
                new Sample("long", Long.MIN_VALUE),
                new Sample("long", (1L << 53) + 1),
                new Sample("bigint", BigInt.fromLong(7)),
                new Sample("bigint", BigInt.fromBigInteger(new BigInteger("123456789012345678901234567890"))),
                new Sample("double", 0.1),
                new Sample("double", -1e308),
                new Sample("double", Double.MIN_VALUE),
                new Sample("bigdec", new BigDecimal("1.5")),
                new Sample("bigdec", new BigDecimal("1234567890.123456789012345678901234567890")),
                new Sample("instant", Date.from(Instant.parse("2020-01-02T03:04:05.678Z"))),
                new Sample("instant", Date.from(Instant.parse("1901-12-13T20:45:52Z"))),
                new Sample("uuid", UUID.fromString("00000000-0000-0000-0000-00000000000a")),
                new Sample("uuid", UUID.fromString("f81d4fae-7dec-41d0-a765-00a0c91e6bf6")),
                new Sample("keyword", Clj.keyword("a.b/c")),
                new Sample("keyword", Clj.keyword("plain")),
                new Sample("symbol", Clj.edn("a.b/c")),
                new Sample("symbol", Clj.edn("plain")),
                new Sample("pair", Clj.edn("[1 \"one\"]")),
                new Sample("pair", Clj.edn("[nil \"none\"]")),
                new Sample("many", Clj.edn("[1 2]")),
                new Sample("many", Clj.edn("[8 7 6 5 4 3 2 1]")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comesBackUnharmedEveryWay(Sample sample) {
        everyWay(sample.type(), sample.value())
                .forEach(value -> assertThat(value).isEqualTo(sample.value()));
    }

    @Test
    void floatsComeBackAsDoubles() {
        everyWay("float", 1.5f)
                .forEach(value -> assertThat(((Number) value).doubleValue()).isEqualTo(1.5));
        everyWay("float", 0.1f)
                .forEach(value -> assertThat(((Number) value).floatValue()).isEqualTo(0.1f));
    }

    @Test
    void specialDoublesComeBack() {
        everyWay("double", Double.POSITIVE_INFINITY)
                .forEach(value -> assertThat(value).isEqualTo(Double.POSITIVE_INFINITY));
    }

    @Test
    void urisComeBack() {
        URI uri = URI.create("https://example.org/a%20b?c=d#e");

        everyWay("uri", uri).forEach(value -> assertThat(value).hasToString(uri.toString()));
    }

    @Test
    void bytesComeBackWhereTheEngineHoldsThem() {
        if (!target.engine().holds("bytes")) {
            Failure.of(() -> hello.transactData(RT.vector(attribute("bytes", ":db/valueType :db.type/bytes"))))
                    .hasCategory("incorrect")
                    .says(":db.type/bytes");
            return;
        }
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        everyWay("bytes", bytes).forEach(value -> assertThat((byte[]) value).isEqualTo(bytes));
    }

    @Test
    void referencesComeBack() {
        Object referred = Clj.get(hello.db().pull("[:db/id]", Clj.keyword("value/referred")), "db/id");

        DbValue db =
                hello.transact("[{:db/id \"e\" :value/ref :value/referred}]").dbAfter();

        assertThat(db.single("[:find ?v :where [_ :value/ref ?v]]")).isEqualTo(referred);
        assertThat(db.datoms("{:index :aevt :components [:value/ref]}"))
                .extracting(Datom::v)
                .containsExactly(referred);
        assertThat(db.datoms("{:index :vaet :components [:value/referred :value/ref]}"))
                .hasSize(1);
    }

    @Test
    void heterogeneousTuplesComeBack() {
        Object tuple = Clj.edn("[:k #inst \"2020-01-01T00:00:00.000-00:00\""
                + " #uuid \"00000000-0000-0000-0000-00000000000b\" nil 1.5M s]");

        everyWay("mixed", tuple).forEach(value -> assertThat(value).isEqualTo(tuple));
    }

    @Test
    void compositeTuplesComeBack() {
        TxReport report = hello.transact("[{:db/id \"e\" :value/string \"s\" :value/long 1}]");

        assertThat(report.dbAfter().pull("[:value/composite]", report.tempid("e")))
                .isEqualTo(Clj.edn("{:value/composite [\"s\" 1]}"));
        assertThat(report.txData()).extracting(Datom::v).contains(Clj.edn("[\"s\" 1]"));
    }

    /** The value as each way of reading gives it back; it must be found by itself too. */
    private List<Object> everyWay(String type, Object value) {
        String attribute = "value/" + type;
        TxReport report =
                hello.transactData(Clj.vector(Clj.merge(Clj.map("{:db/id \"e\"}"), Clj.mapOf(attribute, value))));
        long entity = report.tempid("e");
        DbValue db = report.dbAfter();
        Object name = Clj.keyword(attribute);

        List<Object> values = new ArrayList<>();
        values.add(db.single("[:find ?v :in $ ?e ?a :where [?e ?a ?v]]", entity, name));
        values.add(Clj.get(db.pull("[*]", entity), attribute));
        values.add(db.datomsWith(Clj.mapOf("index", Clj.keyword("eavt"), "components", Clj.vector(entity, name)))
                .get(0)
                .v());
        values.add(report.txData().stream()
                .filter(datom -> datom.e().equals(entity))
                .filter(datom -> datom.a().equals(Clj.get(db.pull("[:db/id]", name), "db/id")))
                .findFirst()
                .orElseThrow()
                .v());
        // Bytes have no equality to be found by, and the wire has no floats: what is asked for is a double.
        if (!(value instanceof byte[] || value instanceof Float)) {
            assertThat(db.q("[:find ?e :in $ ?e ?a ?v :where [?e ?a ?v]]", entity, name, value))
                    .as("found by value")
                    .hasSize(1);
            assertThat(db.datomsWith(
                            Clj.mapOf("index", Clj.keyword("eavt"), "components", Clj.vector(entity, name, value))))
                    .as("found by component")
                    .hasSize(1);
            if (!(value instanceof List)) {
                assertThat(db.datomsWith(
                                Clj.mapOf("index", Clj.keyword("avet"), "components", Clj.vector(name, value, entity))))
                        .as("found in the index of values")
                        .hasSize(1);
            }
        }
        return values;
    }

    /** A value of a type. */
    record Sample(String type, Object value) {
        @Override
        public String toString() {
            String text = String.valueOf(value);
            return type + " " + text.substring(0, Math.min(20, text.length())).replaceAll("\\P{Graph}", "_");
        }
    }
}
