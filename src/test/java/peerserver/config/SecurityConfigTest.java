package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(SecurityConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new SecurityConfig(List.of(), Duration.ofMinutes(5), 64 * 1024 * 1024));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.keys.files", "/a/keys.json, b.json,",
                "peerserver.signature.window-ms", "1500",
                "peerserver.body.max-bytes", "1000");

        assertThat(SecurityConfig.from(new MapConfig(values)))
                .isEqualTo(new SecurityConfig(
                        List.of(Path.of("/a/keys.json"), Path.of("b.json")), Duration.ofMillis(1500), 1000));
    }

    @Test
    void refusesSizesAndTimesThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityConfig.from(new MapConfig(Map.of("peerserver.body.max-bytes", "0"))))
                .withMessageContaining("peerserver.body.max-bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityConfig.from(new MapConfig(Map.of("peerserver.signature.window-ms", "-1"))))
                .withMessageContaining("peerserver.signature.window-ms");
    }
}
