package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(LoadConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new LoadConfig(new ShareConfig(12, 500, 0), new ShareConfig(16, 500, 0), 90, 50));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.per-key.at-once", "1",
                "peerserver.per-key.waiting", "2",
                "peerserver.per-key.per-second", "3",
                "peerserver.per-database.at-once", "4",
                "peerserver.per-database.waiting", "5",
                "peerserver.per-database.per-second", "6",
                "peerserver.heap.busy-percent", "7",
                "peerserver.per-key.refusals-per-second", "8");

        assertThat(LoadConfig.from(new MapConfig(values)))
                .isEqualTo(new LoadConfig(new ShareConfig(1, 2, 3), new ShareConfig(4, 5, 6), 7, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "peerserver.per-key.at-once, 0, must be positive",
        "peerserver.per-key.waiting, -1, must not be negative",
        "peerserver.per-key.per-second, -1, must not be negative",
        "peerserver.per-database.at-once, 0, must be positive",
        "peerserver.per-database.waiting, -1, must not be negative",
        "peerserver.per-database.per-second, -1, must not be negative",
        "peerserver.per-key.refusals-per-second, 0, must be positive",
        "peerserver.heap.busy-percent, 0, must be positive",
        "peerserver.heap.busy-percent, 101, must be at most 100"
    })
    void refusesWhatMakesNoSenseNamingTheProperty(String name, String value, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadConfig.from(new MapConfig(Map.of(name, value))))
                .withMessage(name + " " + complaint + ", but is " + value);
    }
}
