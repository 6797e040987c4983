package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(ClusterConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new ClusterConfig(false, 16, 2_097_152, 2_000, 15_000));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.cluster", "true",
                "peerserver.session.recipes", "1",
                "peerserver.session.bytes", "2",
                "peerserver.grid.timeout-ms", "3",
                "peerserver.grid.wait-ms", "4");

        assertThat(ClusterConfig.from(new MapConfig(values))).isEqualTo(new ClusterConfig(true, 1, 2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peerserver.session.recipes",
                "peerserver.session.bytes",
                "peerserver.grid.timeout-ms",
                "peerserver.grid.wait-ms"
            })
    void refusesWhatIsNotPositiveNamingTheProperty(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterConfig.from(new MapConfig(Map.of(name, "0"))))
                .withMessage(name + " must be positive, but is 0");
    }
}
