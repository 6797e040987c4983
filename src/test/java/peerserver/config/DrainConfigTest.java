package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(DrainConfig.from(new MapConfig(Map.of()))).isEqualTo(new DrainConfig(0, 10_000, false));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.drain.grace-ms", "1",
                "peerserver.drain.finish-ms", "2",
                "peerserver.drain.on-signal", "true");

        assertThat(DrainConfig.from(new MapConfig(values))).isEqualTo(new DrainConfig(1, 2, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"peerserver.drain.grace-ms", "peerserver.drain.finish-ms"})
    void refusesWhatMakesNoSenseNamingTheProperty(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DrainConfig.from(new MapConfig(Map.of(name, "-1"))))
                .withMessage(name + " must not be negative, but is -1");
    }
}
