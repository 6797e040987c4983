package peerserver.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameHashesTest {

    private static final int MANY = 1 << 14;

    /** Texts that all have the same hash. */
    private static List<String> alike(int number) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static void assertRefused(WireCodec codec, String body) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> codec.decode(body.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"~#set\",[%s]]", "{%s}", "[\"~#cmap\",[%s]]"})
    void ofTransitAreRefused(String form) {
        String separator = form.startsWith("{") ? "\":1,\"" : form.contains("cmap") ? "\",1,\"" : "\",\"";
        String end = form.contains("set") ? "" : form.startsWith("{") ? ":1" : ",1";
        String keys = '"' + String.join(separator, alike(MANY)) + '"' + end;

        assertRefused(TransitCodec.json(), form.formatted(keys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#{%s}", "{%s}"})
    void ofEdnAreRefusedByTheirNumber(String form) {
        String keys = alike(MANY).stream().map(key -> '"' + key + '"').collect(Collectors.joining(" "));

        assertRefused(EdnCodec.INSTANCE, form.formatted(keys));
    }

    @Test
    void manyKeysOfManyHashesAreFine() {
        Set<Long> numbers = IntStream.range(0, MANY).mapToObj(Long::valueOf).collect(Collectors.toSet());
        Map<String, Set<Long>> body = Map.of("numbers", numbers);

        assertThat(TransitCodec.msgpack().decode(TransitCodec.msgpack().encode(body)))
                .isEqualTo(body);
        assertThat(EdnCodec.readString(
                        "#{" + alike(64).stream().map(key -> '"' + key + '"').collect(Collectors.joining(" ")) + "}"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.COLLECTION)
                .hasSize(64);
    }
}
