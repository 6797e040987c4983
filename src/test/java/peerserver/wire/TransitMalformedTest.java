package peerserver.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransitMalformedTest {

    private static void assertIncorrect(WireCodec codec, byte[] body) {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> codec.decode(body))
                .isInstanceOfSatisfying(AnomalyException.class, e -> {
                    assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT);
                    assertThat(e.anomaly().message()).doesNotContain("Exception", "msgpack", "jackson", "java.");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "[",
                "[1",
                "[1,",
                "{\"~:a\":1",
                "[1]]",
                "[1] [2]",
                "[1] x",
                "\"unterminated",
                "[\"~#'\",null]",
                "null",
                "[\"^ \",\"~:a\",1,\"~:a\",2]",
                "{\"~:a\":1,\"~:a\":2}",
                "[\"~#cmap\",[1,2,1,3]]",
                "[\"~#cmap\",[1,2,3]]",
                "[\"^ \",\"~:a\"]",
                "[[\"^ \",\"~:a\"],\"~:b\",1]",
                "[\"~#set\",1]",
                "[\"~#set\",[1],2]",
                "[\"~#set\"]",
                "[\"~#list\",{}]",
                "[1,\"~#list\"]",
                "[\"^ \",\"~:a\",\"~#list\"]",
                "[\"~#'\",\"~#'\"]",
                "[\"~#unknown\",[1]]",
                "[\"~#link\",{\"href\":\"~rhttp://x\",\"rel\":\"y\"}]",
                "[\"~#datom\",[1,2,3,4]]",
                "[\"~#datom\",[1,2,3,4,5]]",
                "[\"~#datom\",[1,2,null,4,true]]",
                "[\"~#datom\",1]",
                "[\"~#ratio\",[\"~n1\",\"~n0\"]]",
                "[\"~#ratio\",[1]]",
                "[\"~#ratio\",[\"a\",1]]",
                "[\"~qx\"]",
                "[\"~rhttp://[\"]",
                "[\"~uxyz\"]",
                "[\"~u1-1-1-1-1\"]",
                "[\"~#u\",[1]]",
                "[\"~#u\",[\"a\",1]]",
                "[\"~n1x\"]",
                "[\"~n\"]",
                "[\"~f.\"]",
                "[\"~f1e4097\"]",
                "[\"~f-1e-4097\"]",
                "[\"~f1e200000000\"]",
                "[\"~f1e99999999999\"]",
                "[\"~mx\"]",
                "[\"~#m\",1.5]",
                "[\"~t2026\"]",
                "[\"~b*\"]",
                "[\"~cxy\"]",
                "[\"~c\"]",
                "[\"~zfoo\"]",
                "[\"~ix\"]",
                "[\"~?x\"]",
                "[\"~dx\"]",
                "[\"^5\"]",
                "[\"^\"]",
                "[\"^~~\"]",
                "[\"^!\"]"
            })
    void malformedJsonIsIncorrect(String body) {
        assertIncorrect(TransitCodec.json(), body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0091",
                "\u0092\u0001",
                "\u0001\u0001",
                "\u00c0",
                "\u00c1",
                "\u00a5abc",
                "\u0091\u00c4\u0001a",
                "\u0091\u00c7\u0001\u0001a",
                "\u0091\u00d4\u0001a",
                "\u0091\u00a2\u00ff\u00fe",
                "\u0091\u00cf\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                "\u0082\u00a3~:a\u0001\u00a3~:a\u0002",
                "\u0081\u00a3~:a",
                "\u00dc\u00ff",
                "\u00dd\u007f\u00ff\u00ff\u00ff",
                "\u00dd\u00ff\u00ff\u00ff\u00ff\u0001",
                "\u00df\u007f\u00ff\u00ff\u00ff",
                "\u00df\u00ff\u00ff\u00ff\u00ff\u0001\u0001",
                "\u00db\u007f\u00ff\u00ff\u00ff",
                "\u00db\u00ff\u00ff\u00ff\u00ffa",
                "\u0092\u00a5~#set\u00dd\u00ff\u00ff\u00ff\u00ff",
                "\u0092\u00a6~#list\u00dd\u007f\u00ff\u00ff\u00ff\u0001",
                "\u0093\u00a5~#set\u0091\u0001\u0002",
                "\u0092\u00a5~#set\u0001",
                "\u0092\u00a5~#foo\u0001"
            })
    void malformedMessagePackIsIncorrect(String latin1) {
        assertIncorrect(TransitCodec.msgpack(), latin1.getBytes(ISO_8859_1));
    }

    @Test
    void deepNestingIsIncorrectHoweverItIsSpelled() {
        for (String opening : new String[] {"[", "{\"a\":", "[\"~#list\",[", "[\"~#'\",", "[\"^ \",\"~:abcd\","}) {
            assertIncorrect(TransitCodec.json(), opening.repeat(200_000).getBytes(UTF_8));
        }
        for (String opening :
                new String[] {"\u0091", "\u0081\u0001", "\u0081", "\u0092\u00a6~#list\u0091", "\u0092\u00a3~#'"}) {
            assertIncorrect(TransitCodec.msgpack(), opening.repeat(200_000).getBytes(ISO_8859_1));
        }
        String closed = "[".repeat(129) + "]".repeat(129);
        assertIncorrect(TransitCodec.json(), closed.getBytes(UTF_8));
        assertIncorrect(TransitCodec.json(), closed.getBytes(java.nio.charset.StandardCharsets.UTF_16));
        assertThat(TransitCodec.json().decode(closed.substring(1, 257).getBytes(UTF_8)))
                .isNotNull();
    }

    @Test
    void hugeNumbersAreIncorrectBeforeTheyCostTime() {
        String digits = "7".repeat(3_000_000);

        for (String number : new String[] {digits, "\"~n" + digits + "\"", "\"~i" + digits + "\"", "1." + digits}) {
            assertIncorrect(TransitCodec.json(), ("[" + number + "]").getBytes(UTF_8));
        }
        assertIncorrect(TransitCodec.json(), ("[\"~f" + digits + "\"]").getBytes(UTF_8));
        String packed = "~n" + digits;
        ByteBuffer body = ByteBuffer.allocate(packed.length() + 6);
        body.put((byte) 0x91).put((byte) 0xdb).putInt(packed.length()).put(packed.getBytes(UTF_8));
        assertIncorrect(TransitCodec.msgpack(), body.array());
    }

    @ParameterizedTest
    @EnumSource(TransitCodecTest.Format.class)
    void everyTruncationIsIncorrect(TransitCodecTest.Format format) {
        byte[] body = format.codec.encode(Samples.query());

        for (int length = 0; length < body.length; length++) {
            assertIncorrect(format.codec, Arrays.copyOf(body, length));
        }
    }

    @ParameterizedTest
    @EnumSource(TransitCodecTest.Format.class)
    void trailingBytesAreIncorrect(TransitCodecTest.Format format) {
        byte[] body = format.codec.encode(Samples.query());
        byte[] longer = Arrays.copyOf(body, body.length + 1);
        longer[body.length] = '1';

        assertIncorrect(format.codec, longer);
    }

    @ParameterizedTest
    @EnumSource(TransitCodecTest.Format.class)
    void damagedBodiesAreReadOrIncorrectAndNothingElse(TransitCodecTest.Format format) {
        Random random = new Random(20261122);
        byte[] body = format.codec.encode(Samples.values().toList().subList(11, 50));
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = body.clone();
            for (int j = 0; j <= i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                format.codec.decode(damaged);
            } catch (AnomalyException e) {
                assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT);
            }
        }
    }
}
