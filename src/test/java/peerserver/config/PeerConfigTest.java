package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerConfigTest {

    @Test
    void setsNothingByItself() {
        assertThat(PeerConfig.from(new MapConfig(Map.of())).settings()).isEmpty();
    }

    @Test
    void readsWhatDatomicDocumentsAndNothingElse(@TempDir Path directory) {
        Map<String, String> values = new HashMap<>(Map.of(
                "datomic.ddbRequestTimeout", "1000",
                "datomic.memcachedAutoDiscovery", "true",
                "datomic.memcachedConfigTimeoutMsec", "100",
                "datomic.memcachedExpirationDays", "30",
                "datomic.memcachedPassword", "s3cr3t",
                "datomic.memcachedServers", "m1.example.com:11211,m2.example.com:11211",
                "datomic.memcachedUsername", "user",
                "datomic.metricsCallback", "my.ns/handler",
                "datomic.objectCacheMax", "256m",
                "datomic.peerConnectionTTLMsec", "20000"));
        values.putAll(Map.of(
                "datomic.prefetchConcurrency", "2",
                "datomic.prefetchProbes", "false",
                "datomic.readConcurrency", "8",
                "datomic.sqlValidationQuery", "select 1",
                "datomic.txTimeoutMsec", "60000",
                "datomic.valcacheMaxGb", "100",
                "datomic.valcachePath", directory.toString()));
        Map<String, String> more = new HashMap<>(values);
        more.put("datomic.objectCache", "1");

        assertThat(PeerConfig.from(new MapConfig(more)).settings()).isEqualTo(values);
    }

    @Test
    void isReportedWithoutSecrets() {
        PeerConfig config = new PeerConfig(Map.of("datomic.txTimeoutMsec", "1", "datomic.memcachedPassword", "s3cr3t"));

        assertThat(config).hasToString("datomic.memcachedPassword=***, datomic.txTimeoutMsec=1");
    }

    @ParameterizedTest
    @CsvSource({
        "datomic.objectCacheMax, 64q, '32m or more: a number of bytes, or one with k, m or g'",
        "datomic.objectCacheMax, 31m, '32m or more: a number of bytes, or one with k, m or g'",
        "datomic.objectCacheMax, 33554431, '32m or more: a number of bytes, or one with k, m or g'",
        "datomic.peerConnectionTTLMsec, 9999, 10000 or more",
        "datomic.readConcurrency, 0, a positive number",
        "datomic.txTimeoutMsec, -5, a positive number",
        "datomic.txTimeoutMsec, 10s, a positive number",
        "datomic.prefetchProbes, yes, true or false",
        "datomic.memcachedServers, m1.example.com, 'host:port, or several separated by commas'",
        "datomic.memcachedServers, 'm1:1,', 'host:port, or several separated by commas'",
        "datomic.metricsCallback, handler, namespace/function or package.Class.method",
        "datomic.valcachePath, /does/not/exist, a directory that can be written to"
    })
    void refusesWhatMakesNoSenseNamingTheSetting(String name, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerConfig.from(new MapConfig(Map.of(name, value))))
                .withMessage(name + " must be " + expected + ", but is " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"32m", "32M", "33554432", "32768k", "2g"})
    void theObjectCacheHasThirtyTwoMegabytesOrMore(String value) {
        assertThat(PeerConfig.from(new MapConfig(Map.of("datomic.objectCacheMax", value)))
                        .settings())
                .containsValue(value);
    }

    @Test
    void valcacheNeedsItsPathAndItsSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerConfig(Map.of("datomic.valcacheMaxGb", "1")))
                .withMessageContaining("datomic.valcachePath");
    }
}
