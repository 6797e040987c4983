package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionConfigTest {

    private static final MapConfig NONE = new MapConfig(Map.of());

    @Test
    void hasItsDefaults() {
        assertThat(TransactionConfig.from(NONE)).isEqualTo(new TransactionConfig(660_000, 100_000, 67_108_864));
    }

    @Test
    void remembersForLongerThanASignedRequestCanBeSentAgain() {
        long replayable = 2 * SecurityConfig.from(NONE).signatureWindow().toMillis();

        assertThat(TransactionConfig.from(NONE).windowMs())
                .isGreaterThanOrEqualTo(replayable + RequestConfig.from(NONE).timeoutMs());
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> values = Map.of(
                "peerserver.tx-ids.window-ms", "1",
                "peerserver.tx-ids.per-caller", "2",
                "peerserver.tx-ids.bytes-per-caller", "3");

        assertThat(TransactionConfig.from(new MapConfig(values))).isEqualTo(new TransactionConfig(1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peerserver.tx-ids.window-ms",
                "peerserver.tx-ids.per-caller",
                "peerserver.tx-ids.bytes-per-caller"
            })
    void refusesWhatIsNotPositiveNamingTheProperty(String name) {
        for (String value : new String[] {"0", "-1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TransactionConfig.from(new MapConfig(Map.of(name, value))))
                    .withMessage(name + " must be positive, but is " + value);
        }
    }
}
