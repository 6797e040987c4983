package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsInForceTest {

    @Test
    void areEveryNumberThatIsReadWithItsDefault() {
        Map<String, Long> limits = LimitsInForce.of(new MapConfig(Map.of("peerserver.per-key.at-once", "3")));

        assertThat(limits)
                .containsEntry("peerserver.per-key.at-once", 3L)
                .containsEntry("peerserver.per-key.waiting", 500L)
                .containsEntry("peerserver.body.max-bytes", 67_108_864L)
                .containsEntry("peerserver.body.dispatch-ms", 5_000L)
                .containsEntry("peerserver.refusals.free", 10L)
                .containsEntry("peerserver.drain.finish-ms", 10_000L)
                .containsEntry("peerserver.request.max-depth", 128L)
                .containsEntry("peerserver.result.max-rows", 5_000_000L)
                .containsEntry("peerserver.iterations.per-caller", 64L)
                .containsEntry("peerserver.tx-ids.per-caller", 100_000L)
                .containsEntry("peerserver.db-values.kept", 256L)
                .hasSizeGreaterThan(30);
    }
}
