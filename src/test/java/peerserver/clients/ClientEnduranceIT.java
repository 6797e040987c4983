package peerserver.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.conformance.PinnedTrust;
import peerserver.launch.PeerServerProcess;

/** The oldest and the newest client under eight threads, and again once the server has closed their connections. */
@Tag("clients")
class ClientEnduranceIT {

    private static final int THREADS = 8;
    private static final int CALLS = 50;
    private static final int LONGEST_MS = 180_000;

    private static PeerServerProcess server;
    private static long pauseMs;

    @BeforeAll
    static void start() throws IOException {
        server = PeerServerProcess.start(List.of(
                "-a",
                "myaccesskey,mysecret",
                "-d",
                "oldest,datomic:mem://oldest",
                "-d",
                "newest,datomic:mem://newest"));
        pauseMs = msUntilClosed() + 5_000;
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    /** How long the server keeps a connection that nothing is asked on. */
    private static long msUntilClosed() throws IOException {
        try (Socket socket = PinnedTrust.sslContext().getSocketFactory().createSocket("localhost", server.port())) {
            socket.setSoTimeout(LONGEST_MS);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200");
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void everyCallOfEveryThreadIsAnsweredBeforeAndAfterTheConnectionsWereClosed(String database) {
        List<String> versions = ClientMatrixIT.SAMPLE;
        String version = versions.get(database.equals("oldest") ? 0 : versions.size() - 1);
        Path checkout = PeerServerProcess.checkout();
        List<String> args =
                List.of("localhost:" + server.port(), "myaccesskey", "mysecret", database, Long.toString(pauseMs));

        ClientProgram program = ClientProgram.run(
                checkout,
                Map.of(),
                new PublishedClient(version).command(checkout.resolve("src/test/clojure/endure.clj"), args));

        // Every fourth call makes an entity, the first one included.
        int made = THREADS * ((CALLS + 3) / 4);
        assertThat(program.output().lines().filter(line -> line.startsWith("[")))
                .as(program.output())
                .containsExactly(
                        "[:busy " + THREADS * CALLS + " " + made + "]",
                        "[:again " + THREADS * 4 + " " + (made + THREADS) + "]");
    }
}
