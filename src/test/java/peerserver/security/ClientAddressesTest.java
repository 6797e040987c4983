package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.config.MapConfig;
import peerserver.config.RefusalConfig;

class ClientAddressesTest {

    private static String client(String proxies, String remote, String... forwarded) {
        FakeExchange exchange = new FakeExchange("POST", "/");
        exchange.remoteAddress = remote;
        exchange.headers.put("X-Forwarded-For", List.of(forwarded));
        return new ClientAddresses(RefusalConfig.from(new MapConfig(Map.of("peerserver.proxies", proxies))))
                .of(exchange.request)
                .map(InetAddress::getHostAddress)
                .orElse("none");
    }

    @Test
    void believesNobodyUnlessProxiesAreConfigured() {
        assertThat(client("", "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
        assertThat(client("10.0.0.0/8", "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7 | 198.51.100.7",
                "203.0.113.9, 198.51.100.7 | 198.51.100.7",
                "203.0.113.9, 198.51.100.7, 10.9.9.9 | 198.51.100.7",
                "198.51.100.7:4567 | 198.51.100.7",
                "[2001:db8::1]:4567 | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "10.9.9.9, 10.8.8.8 | 10.9.9.9",
                "203.0.113.9, unknown | 10.1.1.1",
                "203.0.113.9, localhost, 10.8.8.8 | 10.8.8.8",
                "203.0.113.9, 999.1.1.1 | 10.1.1.1",
            })
    void takesTheLastHopThatIsNoProxy(String forwarded, String client) {
        assertThat(client("10.0.0.0/8, 2001:db8:ffff::/48", "10.1.1.1", forwarded))
                .isEqualTo(client);
    }

    @Test
    void readsTheHeaderAlsoWhenItComesSeveralTimes() {
        assertThat(client("10.0.0.0/8", "10.1.1.1", "203.0.113.9", "198.51.100.7, 10.2.2.2"))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void withoutTheHeaderAProxyIsTheClient() {
        assertThat(client("10.0.0.0/8", "10.1.1.1")).isEqualTo("10.1.1.1");
    }

    @Test
    void aZoneIsNoPartOfAnAddress() {
        assertThat(client("", "fe80:0:0:0:0:0:0:1%lo")).isEqualTo("fe80:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 192.0.2.2, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void aRangeIsAllThatBeginsTheSame(String range, String address, boolean contains) {
        assertThat(AddressRange.parse(range)
                        .contains(AddressRange.address(address).orElseThrow()))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "::/129", "1.2.3.4/-1", "300.1.1.1"})
    void refusesProxiesThatAreNoAddresses(String proxy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client(proxy, "10.1.1.1"))
                .withMessageContaining("peerserver.proxies")
                .withMessageContaining(proxy);
    }
}
