package peerserver.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import clojure.lang.ISeq;
import clojure.lang.LazySeq;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TransitCodecTest {

    enum Format {
        MSGPACK(TransitCodec.msgpack()),
        JSON(TransitCodec.json());

        final WireCodec codec;

        Format(WireCodec codec) {
            this.codec = codec;
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(Format.values()).flatMap(format -> Samples.values().map(value -> arguments(format, value)));
    }

    static Stream<Arguments> converted() {
        return Stream.of(Format.values())
                .flatMap(format -> Samples.converted().map(pair -> arguments(format, pair[0], pair[1])));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueComesBackEqualAndOfTheSameKind(Format format, Object value) {
        Object back = format.codec.decode(format.codec.encode(value));

        assertThat(back).isEqualTo(value);
        assertThat(back instanceof ISeq).isEqualTo(value instanceof ISeq);
        assertThat(back.getClass().getPackageName()).isEqualTo(value.getClass().getPackageName());
    }

    @ParameterizedTest
    @MethodSource("converted")
    void otherTypesOfJavaBecomeTheWiresOwn(Format format, Object value, Object expected) {
        Object back = format.codec.decode(format.codec.encode(value));

        assertThat(back).isEqualTo(expected).isInstanceOf(expected.getClass().getInterfaces()[0]);
    }

    @ParameterizedTest
    @EnumSource
    void bigIntegersComeBackAsClojureHasThem(Format format) {
        Samples.bigIntegers().forEach(value -> {
            assertThat(format.codec.decode(format.codec.encode(value))).isEqualTo(Samples.bigInt(value));
            assertThat(format.codec.decode(format.codec.encode(Samples.bigInt(value))))
                    .isEqualTo(Samples.bigInt(value));
        });
    }

    @ParameterizedTest
    @EnumSource
    void bytesComeBack(Format format) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        assertThat((byte[]) format.codec.decode(format.codec.encode(bytes))).isEqualTo(bytes);
        assertThat((byte[]) format.codec.decode(format.codec.encode(new byte[0])))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void lazySequencesBecomeLists(Format format) {
        LazySeq lazy = new LazySeq(new clojure.lang.AFn() {
            @Override
            public Object invoke() {
                return RT.list(1L, 2L);
            }
        });

        Object back = format.codec.decode(format.codec.encode(lazy));

        assertThat(back).isEqualTo(RT.list(1L, 2L)).isInstanceOf(ISeq.class);
    }

    @ParameterizedTest
    @EnumSource
    void clojureRecordsBecomeMaps(Format format) {
        clojure.java.api.Clojure.var("clojure.core", "load-string")
                .invoke("(ns peerserver.wire.sample) (defrecord Point [x y])");
        Object point = clojure.java.api.Clojure.var("peerserver.wire.sample", "->Point")
                .invoke(1L, 2L);

        assertThat(format.codec.decode(format.codec.encode(point)))
                .isEqualTo(RT.map(Samples.key("x"), 1L, Samples.key("y"), 2L));
    }

    @ParameterizedTest
    @EnumSource
    void manyDistinctKeywordsPassTheCachesEnd(Format format) {
        Map<Object, Object> map = new HashMap<>();
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            map.put(Samples.key("keyword" + i), (long) i);
            keys.add(Samples.key("keyword" + (i % 2_500)));
        }

        assertThat(format.codec.decode(format.codec.encode(List.of(map, keys, map))))
                .isEqualTo(PersistentVector.create(map, keys, map));
    }

    @ParameterizedTest
    @EnumSource
    void whatHasNoFormOnTheWireIsNamed(Format format) {
        for (Object value : List.of(new Object(), Thread.currentThread(), new Throwable())) {
            assertThatThrownBy(() -> format.codec.encode(List.of(value)))
                    .isInstanceOf(AnomalyException.class)
                    .hasMessage("A value of type " + value.getClass().getName() + " has no form on the wire");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dataNestedTooDeeplyIsNotWritten(Format format) {
        Object nested = 1L;
        for (int i = 0; i < 128; i++) {
            nested = List.of(nested);
        }
        Object atTheLimit = nested;
        assertThat(format.codec.encode(atTheLimit)).isNotEmpty();
        for (int i = 0; i < 100_000; i++) {
            nested = List.of(nested);
        }
        Object beyond = nested;

        assertThatThrownBy(() -> format.codec.encode(beyond))
                .isInstanceOf(AnomalyException.class)
                .hasMessageContaining("nested deeper");
    }

    @ParameterizedTest
    @EnumSource
    void aDatomIsTwoLevelsOfAnAnswer(Format format) {
        Object nested = new Datom(1L, 2L, 3L, 4L, true);
        for (int i = 0; i < 126; i++) {
            nested = List.of(nested);
        }
        Object beyond = List.of(nested);

        assertThat(format.codec.decode(format.codec.encode(nested))).isEqualTo(nested);
        assertThatThrownBy(() -> format.codec.encode(beyond))
                .isInstanceOf(AnomalyException.class)
                .hasMessageContaining("nested deeper");
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsWhileTheValueIsProducedIsTheValuesFailure(Format format) {
        LazySeq failing = new LazySeq(new clojure.lang.AFn() {
            @Override
            public Object invoke() {
                throw new IllegalStateException("the storage is gone");
            }
        });

        for (Object value : List.of(failing, List.of(failing), RT.map("a", failing))) {
            assertThatThrownBy(() -> format.codec.encode(value))
                    .isInstanceOf(LateFailureException.class)
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void halfASurrogatePairDoesNotSpoilTheAnswer() {
        for (String text : List.of("\ud800", "a\udc00b", "x".repeat(70_000) + "\ud800")) {
            assertThat(TransitCodec.json().decode(TransitCodec.json().encode(text)))
                    .isEqualTo(text);
            assertThat(TransitCodec.msgpack().decode(TransitCodec.msgpack().encode(text)))
                    .isEqualTo(text.replaceAll("\\p{Cs}", "?"));
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void anEmptyCollectionCountsWhereDataAreNestedTooDeeply(Format format) {
        for (Object empty : List.of(List.of(), java.util.Map.of(), java.util.Set.of(), new Object[0])) {
            Object nested = empty;
            for (int i = 0; i < 128; i++) {
                nested = List.of(nested);
            }
            Object beyond = nested;

            assertThatThrownBy(() -> format.codec.encode(beyond))
                    .isInstanceOf(AnomalyException.class)
                    .hasMessageContaining("nested deeper");
        }
    }

    @Test
    void jsonIsReadInItsVerboseFormToo() {
        byte[] body = "{\"~:at\":\"~t2026-11-22T15:12:17.001Z\",\"~:n\":{\"~#set\":[1]}}".getBytes(UTF_8);

        assertThat(TransitCodec.json().decode(body))
                .isEqualTo(RT.map(
                        Samples.key("at"),
                        java.util.Date.from(java.time.Instant.parse("2026-11-22T15:12:17.001Z")),
                        Samples.key("n"),
                        clojure.lang.PersistentHashSet.create(1L)));
    }

    @Test
    void stringsOfMessagePackHaveNoLengthOfEightBits() {
        byte[] body = TransitCodec.msgpack().encode(List.of("x".repeat(40)));

        assertThat(body[1] & 0xff).isEqualTo(0xda);
    }

    @Test
    void integersBeyondALongAreBigIntegers() {
        assertThat(TransitCodec.json().decode("[18446744073709551616,\"~i18446744073709551616\"]".getBytes(UTF_8)))
                .isEqualTo(PersistentVector.create(BigInteger.TWO.pow(64), Samples.bigInt(BigInteger.TWO.pow(64))));
    }
}
