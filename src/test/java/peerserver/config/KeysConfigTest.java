package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysConfigTest {

    @Test
    void hasItsDefaults() {
        KeysConfig config = KeysConfig.from(new MapConfig(Map.of()));

        assertThat(config.files()).isEmpty();
        assertThat(config.document()).isEmpty();
        assertThat(config.pollMs()).isEqualTo(5_000);
    }

    @Test
    void readsEveryProperty() {
        KeysConfig config = KeysConfig.from(new MapConfig(Map.of(
                "peerserver.keys.files", "/a/keys.json, b.json,",
                "peerserver.keys", "[]",
                "peerserver.keys.poll-ms", "100")));

        assertThat(config.files()).containsExactly(Path.of("/a/keys.json"), Path.of("b.json"));
        assertThat(config.document()).contains("[]");
        assertThat(config.pollMs()).isEqualTo(100);
    }

    @Test
    void findsTheValueThatAPropertyHasAtTheMoment() {
        Map<String, String> values = new HashMap<>();
        KeysConfig config = KeysConfig.from(new MapConfig(values));
        values.put("peerserver.keys", "[]");
        values.put("a.secret", "s");

        assertThat(config.document()).contains("[]");
        assertThat(config.property().apply("a.secret")).contains("s");
    }

    @Test
    void refusesAnIntervalThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeysConfig.from(new MapConfig(Map.of("peerserver.keys.poll-ms", "0"))))
                .withMessageContaining("peerserver.keys.poll-ms");
    }
}
