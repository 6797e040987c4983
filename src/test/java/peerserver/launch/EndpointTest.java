package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class EndpointTest {

    @Test
    void knowsLoopbackAddresses() throws Refusal {
        assertThat(Endpoint.resolve("localhost", 1).loopback()).isTrue();
        assertThat(Endpoint.resolve("127.0.0.2", 1).loopback()).isTrue();
        assertThat(Endpoint.resolve("::1", 1).loopback()).isTrue();
        assertThat(Endpoint.resolve("0.0.0.0", 1).loopback()).isFalse();
        assertThat(Endpoint.resolve("192.0.2.1", 1).loopback()).isFalse();
    }

    @Test
    void writesUrlsAsClientsNeedThem() throws Refusal {
        assertThat(Endpoint.resolve("localhost", 8998).url()).isEqualTo("https://localhost:8998");
        assertThat(Endpoint.resolve("::1", 8998).url()).isEqualTo("https://[::1]:8998");
        assertThat(Endpoint.resolve("0.0.0.0", 8998).localUrl()).isIn("https://127.0.0.1:8998", "https://[::1]:8998");
    }

    @Test
    void isInTheWayOfADataGridAtTheSamePortOfTheSameAddressOrOfAll() throws Refusal {
        GridAddress grid = GridAddress.parse("127.0.0.1:6900");

        assertThat(Endpoint.resolve("127.0.0.1", 6900).takes(grid)).isTrue();
        assertThat(Endpoint.resolve("0.0.0.0", 6900).takes(grid)).isTrue();
        assertThat(Endpoint.resolve("127.0.0.2", 6900).takes(grid)).isFalse();
        assertThat(Endpoint.resolve("127.0.0.1", 6901).takes(grid)).isFalse();
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = Endpoint.resolve("127.0.0.1", socket.getLocalPort());

            Refusal refusal = catchThrowableOfType(Refusal.class, endpoint::checkFree);

            assertThat(refusal.line()).isEqualTo("port " + socket.getLocalPort() + " of 127.0.0.1 is in use");
            assertThat(refusal.exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void refusesAnAddressOfAnotherMachine() throws Refusal {
        Endpoint endpoint = Endpoint.resolve("192.0.2.1", 8998);

        Refusal refusal = catchThrowableOfType(Refusal.class, endpoint::checkFree);

        assertThat(refusal.line()).startsWith("cannot listen on port 8998 of 192.0.2.1: ");
        assertThat(refusal.exitStatus()).isEqualTo(1);
    }
}
