package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import peerserver.conformance.SignedRequests.Answer;
import peerserver.launch.PeerServerProcess;

/** A server with one database in memory and others that it cannot reach, because nothing listens where they should be. */
class UnreachableDatabaseIT {

    private static final AccessKey KEY = new AccessKey("myaccesskey", "mysecret");
    private static final String PASSWORD = "keep-this-quiet";

    private static PeerServerProcess server;
    private static Target target;

    @BeforeAll
    static void start() {
        server = PeerServerProcess.startUnready(List.of(
                "-a",
                KEY.key() + "," + KEY.secret(),
                "-d",
                "here,datomic:mem://here",
                "-d",
                "away,datomic:dev://127.0.0.1:1/away?password=" + PASSWORD,
                "-d",
                "no-driver,datomic:sql://x?jdbc:postgresql://127.0.0.1:1/x?user=u&password=" + PASSWORD));
        target = new Target(server.port(), List.of(KEY), TestedEngine.PEER_LIBRARY);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void itIsNotReady() {
        Answer health = SignedRequests.get(target, "/health");

        assertThat(health.status()).isEqualTo(503);
        assertThat(new String(health.body(), StandardCharsets.UTF_8)).contains("DOWN");
    }

    @Test
    void theOtherDatabasesAreServed() {
        RealClient client = target.client();

        assertThat(client.listDatabases()).containsExactly("away", "here", "no-driver");
        assertThat(client.connect("here").db().t()).isPositive();
    }

    @Test
    void theDatabasesThatAreAwayAreUnavailable() {
        for (String database : List.of("away", "no-driver")) {
            target.requests()
                    .send(Clj.edn("{:op :datomic.catalog/resolve-db :db-name \"" + database + "\"}"))
                    .failure()
                    .hasCategory("unavailable")
                    .says(database);
        }
    }

    @Test
    void theLogSaysWhyAndKeepsPasswordsOut() throws InterruptedException {
        // The peer library tries its storage for some seconds before it gives up.
        for (int i = 0; i < 600 && !server.output().contains("Cannot connect datomic/away"); i++) {
            Thread.sleep(100);
        }

        assertThat(server.output())
                .contains("Cannot connect datomic/away", "Cannot connect datomic/no-driver")
                .doesNotContain(PASSWORD);
    }
}
