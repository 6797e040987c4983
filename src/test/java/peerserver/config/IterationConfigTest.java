package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IterationConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(IterationConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new IterationConfig(64, 268_435_456, 300_000, 67_108_864, 3_600_000, 256));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.iterations.per-caller", "1",
                "peerserver.iterations.bytes-per-caller", "2",
                "peerserver.iterations.idle-ms", "3",
                "peerserver.recipes.bytes-per-caller", "4",
                "peerserver.tokens.valid-ms", "5",
                "peerserver.speculative.per-caller", "6");

        assertThat(IterationConfig.from(new MapConfig(values))).isEqualTo(new IterationConfig(1, 2, 3, 4, 5, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peerserver.iterations.per-caller",
                "peerserver.iterations.bytes-per-caller",
                "peerserver.iterations.idle-ms",
                "peerserver.recipes.bytes-per-caller",
                "peerserver.tokens.valid-ms",
                "peerserver.speculative.per-caller"
            })
    void refusesWhatIsNotPositiveNamingTheProperty(String name) {
        for (String value : new String[] {"0", "-1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IterationConfig.from(new MapConfig(Map.of(name, value))))
                    .withMessage(name + " must be positive, but is " + value);
        }
    }
}
