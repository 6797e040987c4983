package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(DatabaseConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new DatabaseConfig(256, 1_000, 5_000, 30_000, 30_000, 67_108_864, 64, 24, 12));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.local.threads",
                "6",
                "peerserver.local.threads-per-database",
                "7",
                "peerserver.local.threads-per-key",
                "8",
                "peerserver.db-values.kept",
                "1",
                "peerserver.databases.reconnect-ms",
                "2",
                "peerserver.databases.poll-ms",
                "3",
                "peerserver.databases.grace-ms",
                "0",
                "peerserver.databases.connect-timeout-ms",
                "4",
                "peerserver.local.reserve-bytes",
                "5");

        assertThat(DatabaseConfig.from(new MapConfig(values))).isEqualTo(new DatabaseConfig(1, 2, 3, 0, 4, 5, 6, 7, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peerserver.db-values.kept",
                "peerserver.databases.reconnect-ms",
                "peerserver.databases.poll-ms",
                "peerserver.databases.connect-timeout-ms",
                "peerserver.local.threads",
                "peerserver.local.threads-per-database",
                "peerserver.local.threads-per-key"
            })
    void refusesWhatIsNotPositiveNamingTheProperty(String name) {
        for (String value : new String[] {"0", "-1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DatabaseConfig.from(new MapConfig(Map.of(name, value))))
                    .withMessage(name + " must be positive, but is " + value);
        }
    }
}
