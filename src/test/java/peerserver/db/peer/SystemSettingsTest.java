package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.config.PeerConfig;

/** With settings whose default they repeat, because the peer library of this JVM may read them meanwhile. */
class SystemSettingsTest {

    private static final String TIMEOUT = "datomic.txTimeoutMsec";
    private static final String DISCOVERY = "datomic.memcachedConfigTimeoutMsec";

    @AfterEach
    void clear() {
        System.clearProperty(TIMEOUT);
    }

    @Test
    void arePropertiesOfTheSystemUntilTheyAreWithdrawn() {
        System.setProperty(TIMEOUT, "10000");

        SystemSettings settings = SystemSettings.apply(new PeerConfig(Map.of(TIMEOUT, "10000", DISCOVERY, "100")));

        assertThat(System.getProperty(DISCOVERY)).isEqualTo("100");
        settings.withdraw();
        assertThat(System.getProperty(DISCOVERY)).isNull();
        assertThat(System.getProperty(TIMEOUT)).isEqualTo("10000");
    }
}
