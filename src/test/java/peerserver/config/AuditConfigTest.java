package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import peerserver.config.AuditConfig.Format;

class AuditConfigTest {

    private static AuditConfig config(Map<String, String> values) {
        return AuditConfig.from(new MapConfig(values));
    }

    @Test
    void hasItsDefaults() {
        assertThat(config(Map.of())).isEqualTo(new AuditConfig(Format.TEXT));
    }

    @Test
    void readsEveryProperty() {
        assertThat(config(Map.of("peerserver.audit.format", "json")).format()).isEqualTo(Format.JSON);
        assertThat(config(Map.of("peerserver.audit.format", "off")).format()).isEqualTo(Format.OFF);
    }

    @Test
    void refusesAnotherFormat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of("peerserver.audit.format", "xml")))
                .withMessage("peerserver.audit.format must be text, json or off, but is xml");
    }
}
