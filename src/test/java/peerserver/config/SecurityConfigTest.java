package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(SecurityConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new SecurityConfig(
                        Duration.ofMinutes(5),
                        64 * 1024 * 1024,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        256L * 1024 * 1024,
                        256,
                        64,
                        false));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.signature.window-ms", "1500",
                "peerserver.body.max-bytes", "1000",
                "peerserver.body.timeout-ms", "2500",
                "peerserver.body.dispatch-ms", "700",
                "peerserver.bodies.max-bytes", "5000000000",
                "peerserver.bodies.at-once", "7",
                "peerserver.bodies.per-address", "3",
                "peerserver.metrics.open", "true");

        assertThat(SecurityConfig.from(new MapConfig(values)))
                .isEqualTo(new SecurityConfig(
                        Duration.ofMillis(1500),
                        1000,
                        Duration.ofMillis(2500),
                        Duration.ofMillis(700),
                        5_000_000_000L,
                        7,
                        3,
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "peerserver.signature.window-ms, -1",
        "peerserver.body.max-bytes, 0",
        "peerserver.body.timeout-ms, 0",
        "peerserver.body.dispatch-ms, 0",
        "peerserver.bodies.at-once, 0",
        "peerserver.bodies.per-address, 0",
    })
    void refusesSizesAndTimesThatAreNotPositive(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityConfig.from(new MapConfig(Map.of(name, value))))
                .withMessage(name + " must be positive, but is " + value);
    }

    @Test
    void refusesLessRoomForAllBodiesThanForOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityConfig.from(new MapConfig(Map.of("peerserver.bodies.max-bytes", "1000"))))
                .withMessageContaining("peerserver.bodies.max-bytes");
    }
}
