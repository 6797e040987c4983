package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestConfigTest {

    @Test
    void hasItsDefaults() {
        assertThat(RequestConfig.from(new MapConfig(Map.of())))
                .isEqualTo(new RequestConfig(
                        60_000, 10_000, 1_000, 1_000, 100_000, 16, 48, 1_000, 2, 128, 5_000_000, 268_435_456));
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = new HashMap<>(Map.of(
                "peerserver.request.timeout-ms", "1",
                "peerserver.basis.wait-ms", "2",
                "peerserver.limit.default", "3",
                "peerserver.chunk.default", "4",
                "peerserver.chunk.max", "5",
                "peerserver.workers.threads", "6",
                "peerserver.workers.extra-threads", "7",
                "peerserver.workers.queue", "8",
                "peerserver.workers.linger-ms", "9",
                "peerserver.request.max-depth", "10"));
        values.put("peerserver.result.max-rows", "11");
        values.put("peerserver.answer.max-bytes", "12");

        assertThat(RequestConfig.from(new MapConfig(values)))
                .isEqualTo(new RequestConfig(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peerserver.request.timeout-ms",
                "peerserver.basis.wait-ms",
                "peerserver.limit.default",
                "peerserver.chunk.default",
                "peerserver.chunk.max",
                "peerserver.workers.threads",
                "peerserver.workers.queue",
                "peerserver.request.max-depth",
                "peerserver.result.max-rows",
                "peerserver.answer.max-bytes"
            })
    void refusesWhatIsNotPositiveNamingTheProperty(String name) {
        for (String value : new String[] {"0", "-1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RequestConfig.from(new MapConfig(Map.of(name, value))))
                    .withMessage(name + " must be positive, but is " + value);
        }
    }

    @Test
    void mayLingerNotAtAll() {
        Config config = new MapConfig(Map.of("peerserver.workers.linger-ms", "0"));

        assertThat(RequestConfig.from(config).lingerMs()).isZero();
    }

    @Test
    void allowsNoDeeperRequestsThanClientsRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestConfig.from(new MapConfig(Map.of("peerserver.request.max-depth", "129"))))
                .withMessage("peerserver.request.max-depth must be at most 128, but is 129");
    }
}
