package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Startup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import peerserver.CapturedLog;
import peerserver.config.MapConfig;
import peerserver.config.SecurityConfig;
import peerserver.config.TransactionConfig;

class ReplayedTransactionsTest {

    private static List<String> warnings(Map<String, String> settings) {
        MapConfig config = new MapConfig(settings);
        try (CapturedLog log = CapturedLog.of(ReplayedTransactions.class)) {
            new ReplayedTransactions(SecurityConfig.from(config), TransactionConfig.from(config)).start(new Startup());
            return log.lines();
        }
    }

    @Test
    void aTransactionIsRememberedForLongerThanItsSignatureIsTakenByDefault() {
        assertThat(warnings(Map.of())).isEmpty();
    }

    @Test
    void aWindowOfSignaturesThatReachesFartherIsToldOf() {
        assertThat(warnings(Map.of("peerserver.signature.window-ms", "330001")))
                .containsExactly(
                        "WARNING A signed transaction can be sent again for 660 s, and is remembered for 660 s:"
                                + " let peerserver.tx-ids.window-ms be at least twice peerserver.signature.window-ms");
        assertThat(warnings(Map.of("peerserver.signature.window-ms", "330000"))).isEmpty();
        assertThat(warnings(Map.of("peerserver.tx-ids.window-ms", "599999"))).hasSize(1);
        assertThat(warnings(Map.of("peerserver.tx-ids.window-ms", "600000"))).isEmpty();
    }
}
