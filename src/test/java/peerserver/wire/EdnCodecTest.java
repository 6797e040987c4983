package peerserver.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.lang.ISeq;
import clojure.lang.Keyword;
import clojure.lang.RT;
import clojure.lang.Symbol;
import clojure.lang.Var;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EdnCodecTest {

    private static final WireCodec EDN = EdnCodec.INSTANCE;

    private static Object decode(String text) {
        return EDN.decode(text.getBytes(UTF_8));
    }

    private static String encode(Object value) {
        return new String(EDN.encode(value), UTF_8);
    }

    static Stream<Object> values() {
        return Samples.values();
    }

    static Stream<Object[]> converted() {
        return Samples.converted();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueComesBack(Object value) {
        Object back = EDN.decode(EDN.encode(value));

        assertThat(back).isEqualTo(value);
        assertThat(back instanceof ISeq).isEqualTo(value instanceof ISeq);
    }

    @ParameterizedTest
    @MethodSource("converted")
    void otherTypesOfJavaBecomeTheWiresOwn(Object value, Object expected) {
        assertThat(EDN.decode(EDN.encode(value))).isEqualTo(expected);
    }

    @Test
    void tagsOfItsOwn() {
        assertThat(encode(URI.create("urn:a"))).isEqualTo("#uri \"urn:a\"");
        assertThat(encode(new byte[] {1, 2, 3})).isEqualTo("#bytes \"AQID\"");
        assertThat(encode(new Datom(1L, 2L, "v", 3L, true))).isEqualTo("#datom [1 2 \"v\" 3 true]");
        assertThat(encode(Double.NaN)).isEqualTo("##NaN");
        assertThat((byte[]) decode("#bytes \"AQID\"")).containsExactly(1, 2, 3);
    }

    @Test
    void bigIntegersAreMarked() {
        Samples.bigIntegers().forEach(value -> {
            assertThat(encode(value)).isEqualTo(value + "N");
            assertThat(EDN.decode(EDN.encode(value))).isEqualTo(Samples.bigInt(value));
        });
    }

    @Test
    void printerSettingsOfTheProcessDoNotShow() {
        Object settings = RT.map(
                RT.var("clojure.core", "*print-length*"),
                2L,
                RT.var("clojure.core", "*print-level*"),
                1L,
                RT.var("clojure.core", "*print-readably*"),
                false,
                RT.var("clojure.core", "*print-namespace-maps*"),
                true);
        Var.pushThreadBindings((clojure.lang.Associative) settings);
        try {
            assertThat(encode(Map.of(clojure.lang.Keyword.intern("a", "b"), List.of(1, 2, 3, List.of("x")))))
                    .isEqualTo("{:a/b [1 2 3 [\"x\"]]}");
        } finally {
            Var.popThreadBindings();
        }
    }

    @Test
    void commentsDiscardsAndTypeHintsAreRead() {
        assertThat(decode("; a comment\n [1 #_ 2 #_ #_ 3 4 ^String ?x] ; the end"))
                .isEqualTo(decode("[1 ?x]"));
        assertThat((List<?>) decode("[" + "#_a ".repeat(1_000) + "#inst \"2026\" ".repeat(1_000) + "]"))
                .hasSize(1_000);
        assertThat((List<?>) decode("[\"" + "([{".repeat(200) + "\" \\( \\[ " + "[] ".repeat(500) + "]"))
                .hasSize(503);
        assertThat(decode("#:a{:b 1}")).isEqualTo(decode("{:a/b 1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ; nothing",
                "#_ 1",
                "nil",
                "1 2",
                "{} }",
                "[1",
                "(",
                ")",
                "[1}",
                "{:a}",
                "{:a 1 :a 2}",
                "#{1 1}",
                "\"open",
                "1a",
                "::a",
                "\\foo",
                "#",
                "^",
                "#_",
                "#foo",
                "#foo 1",
                "#java.util.Date[1]",
                "#=(java.lang.System/exit 1)",
                "#\"regex\"",
                "@x",
                "#'x",
                "#uri 1",
                "#uri \"http://[\"",
                "#bytes \"*\"",
                "#bytes 1",
                "#datom [1 2 3]",
                "#datom 1",
                "#inst \"yesterday\"",
                "#inst 5",
                "#uuid 5",
                "#uuid \"1-1-1-1-1\"",
                "#uuid nil",
                "#inst nil",
                "#inst \"2026-13\"",
                "1/0",
                "99999999999999999999999999/0",
                "##Foo"
            })
    void malformedTextIsIncorrect(String text) {
        assertIncorrect(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e4097M", "-1.5E+4098M", "[+1e-4097M]", "{:a 1e200000000M}", "1e99999999999M"})
    void aDecimalThatIsTooLongToWriteOutIsIncorrect(String text) {
        assertIncorrect(text.getBytes(UTF_8));
        assertThat(EdnCodec.readString("1e4096M")).isEqualTo(new BigDecimal("1e4096"));
    }

    /** It is a hundred bytes in memory, and thousands of millions when it is written. */
    @Test
    void whatIsLargeOnlyWhenItIsWrittenIsRefusedBeforeItsFormIsMade() {
        Object tower = "x";
        for (int i = 0; i < 60; i++) {
            tower = RT.vector(tower, tower);
        }
        Object value = tower;

        assertThatThrownBy(() -> EdnCodec.INSTANCE.encode(value, 1 << 20))
                .isInstanceOf(AnomalyException.class)
                .hasMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void whatIsNotUtf8IsIncorrect() {
        assertIncorrect(new byte[] {'"', (byte) 0xff, '"'});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "(",
                "{",
                "#{",
                "{:a ",
                "#_",
                "#_ #_ a ",
                "#foo ",
                "^a ",
                "^",
                "#^",
                "^{:a ",
                "#:a{:b ",
                "[#_"
            })
    void deepNestingIsIncorrectHoweverItIsSpelled(String opening) {
        assertIncorrect(opening.repeat(200_000).getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "+1", "1.5M", "x", "\\a"})
    void whatNumbersAreFollowedByIsNestedToo(String token) {
        assertIncorrect(("[" + (token + "#_").repeat(700)).repeat(1_000).getBytes(UTF_8));
        assertThat(EdnCodec.readString("[1#_2 -3#_[4]5 a#_b]")).isEqualTo(EdnCodec.readString("[1 -3 5 a#_b]"));
    }

    @Test
    void hugeNumbersAreIncorrectBeforeTheyCostTime() {
        assertIncorrect("7".repeat(3_000_000).getBytes(UTF_8));
        assertIncorrect(("[1." + "7".repeat(3_000_000) + "M]").getBytes(UTF_8));
    }

    @Test
    void everyTruncationIsIncorrect() {
        String text = encode(Samples.query());

        LongStream.range(0, text.length())
                .forEach(length ->
                        assertIncorrect(text.substring(0, (int) length).getBytes(UTF_8)));
    }

    @Test
    void whatHasNoFormOnTheWireIsNamed() {
        assertThatThrownBy(() -> EDN.encode(List.of(new Object())))
                .isInstanceOf(AnomalyException.class)
                .hasMessage("A value of type java.lang.Object has no form on the wire");
    }

    private static void assertIncorrect(byte[] body) {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> EDN.decode(body))
                .isInstanceOfSatisfying(AnomalyException.class, e -> {
                    assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT);
                    assertThat(e.anomaly().message()).doesNotContain("Exception", "java.lang", "clojure.");
                }));
    }

    @Test
    void anAnomalyIsWrittenWithoutDataThatHaveNoForm() {
        Anomaly anomaly =
                new Anomaly(Category.INCORRECT, "no", Map.of(Keyword.intern("entity"), Keyword.intern("a b")));

        assertThat(EdnCodec.INSTANCE.decode(anomaly.encoded(EdnCodec.INSTANCE)))
                .isEqualTo(Anomaly.of(Category.INCORRECT, "no").toMap());
        assertThat(TransitCodec.json().decode(anomaly.encoded(TransitCodec.json())))
                .isEqualTo(anomaly.toMap());
    }

    @Test
    void whateverIsWrittenAtTheGreatestDepthCanBeRead() {
        List<Object> deepest = List.of(
                1L,
                "a",
                Double.NaN,
                List.of(),
                Map.of(),
                new java.util.UUID(0, 0),
                java.time.Instant.EPOCH,
                new byte[0],
                new Datom(1L, 2L, 3L, 4L, true));
        for (Object innermost : deepest) {
            Object nested = innermost;
            for (int i = 0; i < 128; i++) {
                nested = List.of(nested);
                byte[] written = written(nested);
                if (written.length > 0) {
                    EdnCodec.INSTANCE.decode(written);
                }
            }
            assertThat(written(nested).length == 0).as("%s", innermost).isEqualTo(deepest.indexOf(innermost) > 1);
        }
    }

    private static byte[] written(Object value) {
        try {
            return EdnCodec.INSTANCE.encode(value);
        } catch (AnomalyException e) {
            return new byte[0];
        }
    }

    @Test
    void whatWouldReadAsSomethingElseHasNoFormInEdn() {
        for (Object value : List.of(
                Keyword.intern(null, ""),
                Keyword.intern("a b"),
                Keyword.intern("a", "b c"),
                Keyword.intern(":a"),
                Keyword.intern("a".repeat(10_000)),
                Symbol.intern("true"),
                Symbol.intern("nil"),
                Symbol.intern("1"),
                Symbol.intern("a;b"),
                java.time.Instant.ofEpochMilli(Long.MAX_VALUE),
                java.time.Instant.parse("0000-01-01T00:00:00Z"))) {
            assertThatThrownBy(() -> EdnCodec.INSTANCE.encode(List.of(value)))
                    .as("%s", value)
                    .isInstanceOf(AnomalyException.class);
        }
    }
}
