package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command with {@code --tls-client-ca}: who has no certificate of that authority gets no word in. */
class ClientCertificateIT {

    private static TestKeystore known;
    private static TestKeystore stranger;
    private static PeerServerProcess server;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        TestKeystore own = TestKeystore.ofServer(directory.resolve("own.p12"), "own");
        TestKeystore authority = TestKeystore.ofAuthority(directory.resolve("authority.p12"), "authority");
        TestKeystore other = TestKeystore.ofAuthority(directory.resolve("other.p12"), "authority");
        known = authority.signed(directory.resolve("known.p12"), "known");
        stranger = other.signed(directory.resolve("stranger.p12"), "stranger");
        Path pem = Files.writeString(directory.resolve("ca.pem"), TestKeystore.pem(authority.certificate()));
        Path password = Files.writeString(directory.resolve("password"), TestKeystore.PASSWORD);
        server = PeerServerProcess.start(List.of(
                "-a",
                "k,s",
                "-d",
                "hello,datomic:mem://hello",
                "--tls-keystore",
                own.file().toString(),
                "--tls-password-file",
                password.toString(),
                "--tls-client-ca",
                pem.toString()));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void whoHasACertificateOfTheAuthorityIsServed() throws Exception {
        try (TlsClient client = TlsClient.of(server, Optional.of(known))) {
            assertThat(client.ask("GET /health")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whoHasNoneIsRefused() {
        assertThatThrownBy(() -> ask(Optional.empty())).isInstanceOf(IOException.class);
    }

    @Test
    void whoHasOneOfAnotherAuthorityOfThatNameIsRefused() {
        assertThatThrownBy(() -> ask(Optional.of(stranger))).isInstanceOf(IOException.class);
    }

    /** By TLS 1.3 a client learns of its refusal only when it reads. */
    private static void ask(Optional<TestKeystore> shown) throws Exception {
        try (TlsClient client = TlsClient.of(server, shown)) {
            client.ask("GET /health");
        }
    }
}
