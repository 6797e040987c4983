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
                .isEqualTo(new IterationConfig(64, 268_435_456, 1_000, 300_000, 67_108_864, 3_600_000, 256, 1_048_576));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.iterations.per-caller", "1",
                "peerserver.iterations.bytes-per-caller", "2",
                "peerserver.iterations.ahead-rows", "3",
                "peerserver.iterations.idle-ms", "4",
                "peerserver.recipes.bytes-per-caller", "5",
                "peerserver.tokens.valid-ms", "6",
                "peerserver.speculative.per-caller", "7",
                "peerserver.speculative.recipe-bytes", "8");

        assertThat(IterationConfig.from(new MapConfig(values))).isEqualTo(new IterationConfig(1, 2, 3, 4, 5, 6, 7, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peerserver.iterations.per-caller",
                "peerserver.iterations.bytes-per-caller",
                "peerserver.iterations.idle-ms",
                "peerserver.recipes.bytes-per-caller",
                "peerserver.tokens.valid-ms",
                "peerserver.speculative.per-caller",
                "peerserver.speculative.recipe-bytes"
            })
    void refusesWhatIsNotPositiveNamingTheProperty(String name) {
        for (String value : new String[] {"0", "-1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IterationConfig.from(new MapConfig(Map.of(name, value))))
                    .withMessage(name + " must be positive, but is " + value);
        }
    }

    @Test
    void allowsThatNothingIsReadAheadButNotLess() {
        String name = "peerserver.iterations.ahead-rows";

        assertThat(IterationConfig.from(new MapConfig(Map.of(name, "0"))).aheadRows())
                .isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IterationConfig.from(new MapConfig(Map.of(name, "-1"))))
                .withMessage(name + " must not be negative, but is -1");
    }
}
