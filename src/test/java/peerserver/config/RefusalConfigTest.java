package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(RefusalConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new RefusalConfig(10, 250, 10_000, 900_000, 10_000, 1_000, List.of()));
    }

    @Test
    void readsEveryProperty() {
        assertThat(RefusalConfig.from(new MapConfig(Map.of(
                        "peerserver.refusals.free", "1",
                        "peerserver.refusals.delay-ms", "2",
                        "peerserver.refusals.max-delay-ms", "3",
                        "peerserver.refusals.forget-ms", "4",
                        "peerserver.refusals.remembered", "5",
                        "peerserver.refusals.waiting", "6",
                        "peerserver.proxies", "10.0.0.0/8, ::1,"))))
                .isEqualTo(new RefusalConfig(1, 2, 3, 4, 5, 6, List.of("10.0.0.0/8", "::1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"free", "delay-ms", "max-delay-ms", "forget-ms", "remembered", "waiting"})
    void refusesNegativeNumbers(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefusalConfig.from(new MapConfig(Map.of("peerserver.refusals." + name, "-1"))))
                .withMessageContaining("peerserver.refusals." + name);
    }
}
