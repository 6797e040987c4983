package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.conformance.Clj;
import peerserver.conformance.RealClient;

/** The real command with a certificate of one's own: whom it convinces, what it agrees to, and how it is replaced. */
class OwnCertificateIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Path keystore;
    private static TestKeystore first;
    private static TestKeystore second;
    private static PeerServerProcess server;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        first = TestKeystore.ofRsaServer(directory.resolve("first.p12"), "first");
        second = TestKeystore.ofServer(directory.resolve("second.p12"), "second");
        keystore = Files.copy(first.file(), directory.resolve("own.p12"));
        server = PeerServerProcess.start(
                Map.of("PEERSERVER_TLS_PASSWORD", TestKeystore.PASSWORD),
                List.of("-a", "k,s", "-d", "hello,datomic:mem://hello", "--tls-keystore", keystore.toString()));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void theRealClientTrustsItAndChecksTheNameOfTheHost() throws Exception {
        String shown = TestKeystore.pem(TlsClient.shownBy(server));

        assertThat(databases("localhost", shown, true)).isEqualTo(List.of("hello"));
        // The same server, by what is not among the names of its certificate.
        assertThat(databases("127.0.0.1", shown, false)).isEqualTo(List.of("hello"));
        assertThatThrownBy(() -> databases("127.0.0.1", shown, true)).isInstanceOf(Exception.class);
    }

    /** By a spelling of the host for each, since a client of the same endpoint would share what the first one trusts. */
    @Test
    void theRealClientTrustsNoOther() throws Exception {
        String other = TestKeystore.pem(second.certificate());
        assertThatThrownBy(() -> databases("LOCALHOST", other, true)).isInstanceOf(Exception.class);

        String shown = TestKeystore.pem(TlsClient.shownBy(server));
        assertThat(databases("Localhost", shown, true)).isEqualTo(List.of("hello"));
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    })
    void agreesToWhatIsSound(String protocol, String suite) throws Exception {
        try (TlsClient client = TlsClient.of(server, protocol, suite)) {
            assertThat(client.protocol()).isEqualTo(protocol);
            assertThat(client.suite()).isEqualTo(suite);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256"
            })
    void agreesToNothingElse(String suite) {
        assertThatThrownBy(() -> TlsClient.of(server, "TLSv1.2", suite).close()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0302})
    void refusesOlderVersions(int version) throws IOException {
        assertThat(ClientHello.isTaken(server, 0x0303)).isTrue();
        assertThat(ClientHello.isTaken(server, version)).isFalse();
    }

    @Test
    void newHandshakesGetTheNewKeyWhileOpenConnectionsGoOn() throws Exception {
        try (TlsClient open = TlsClient.of(server)) {
            assertThat(open.ask("GET /health")).startsWith("HTTP/1.1 200");

            byte[] whole = Files.readAllBytes(second.file());
            Files.write(keystore, Arrays.copyOf(whole, whole.length / 2));
            await("New connections get the same key as before");
            assertThat(TlsClient.shownBy(server)).isEqualTo(first.certificate());

            Files.write(keystore, whole);
            await("CN=second");
            assertThat(TlsClient.shownBy(server)).isEqualTo(second.certificate());
            assertThat(databases("localHost", TestKeystore.pem(second.certificate()), true))
                    .isEqualTo(List.of("hello"));

            assertThat(open.ask("GET /health")).startsWith("HTTP/1.1 200");
            assertThat(open.certificate()).isEqualTo(first.certificate());
        } finally {
            Files.write(keystore, Files.readAllBytes(first.file()));
            await("CN=first");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /health, 200", "GET /none, 403", "GET /api/databases, 403", "GET /WEB-INF/web.xml, 404"})
    void tellsBrowsersToDoNothingWithWhatTheySee(String requestLine, int status) throws Exception {
        try (TlsClient client = TlsClient.of(server)) {
            assertThat(client.ask(requestLine))
                    .startsWith("HTTP/1.1 " + status)
                    .contains(
                            "X-Content-Type-Options: nosniff",
                            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
                            "Cache-Control: no-store",
                            "Referrer-Policy: no-referrer",
                            "Strict-Transport-Security: max-age=31536000")
                    .doesNotContainIgnoringCase("payara", "glassfish", "\r\nServer:", "X-Powered-By", "<html");
        }
    }

    private static Object databases(String host, String trusted, boolean validateHostnames) {
        Object client = RealClient.api("client")
                .invoke(Clj.mapOf(
                        "server-type",
                        Clj.keyword("peer-server"),
                        "access-key",
                        "k",
                        "secret",
                        "s",
                        "endpoint",
                        host + ':' + server.port(),
                        "trust-certs",
                        List.of(trusted),
                        "validate-hostnames",
                        validateHostnames));
        return RealClient.api("list-databases").invoke(client, Clj.map("{}"));
    }

    /** Waits until the server has written this. */
    private static void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!server.standardError().contains(text)) {
            assertThat(System.nanoTime()).as(server::standardError).isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
