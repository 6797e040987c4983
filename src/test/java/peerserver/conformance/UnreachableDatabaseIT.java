package peerserver.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.conformance.SignedRequests.Answer;
import peerserver.launch.PeerServerProcess;
import peerserver.storage.PostgreSql;
import peerserver.storage.UnreliableWay;
import peerserver.storage.UnreliableWay.Passage;

/** A server with one database in memory and others that it cannot reach, because nothing listens where they should be. */
class UnreachableDatabaseIT {

    private static final AccessKey KEY = new AccessKey("myaccesskey", "mysecret");
    private static final AccessKey LIMITED = new AccessKey("limited", "secret");
    private static final String PASSWORD = "keep-this-quiet";

    private static UnreliableWay way;
    private static PeerServerProcess server;
    private static Target target;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path keys = Files.createFile(
                directory.resolve("keys.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keys, """
                [{"key": "limited", "secrets": [{"secret": "secret"}],
                  "grants": [{"databases": ["here"], "allow": ["read"]}]}]
                """, UTF_8);
        way = UnreliableWay.to(PostgreSql.shared().port(), Passage.SILENT);
        server = PeerServerProcess.startUnready(
                Map.of("PEERSERVER_DATABASES_CONNECT_TIMEOUT_MS", "3000"),
                List.of(
                        "-a",
                        KEY.key() + "," + KEY.secret(),
                        "--keys",
                        keys.toString(),
                        "-d",
                        "here,datomic:mem://here",
                        "-d",
                        "away,datomic:dev://127.0.0.1:1/away?password=" + PASSWORD,
                        "-d",
                        "no-driver,datomic:ddb://us-east-1/table/x?aws_access_key_id=a&aws_secret_key=" + PASSWORD,
                        "-d",
                        "silent,datomic:sql://silent?" + PostgreSql.url(way.port(), PostgreSql.STORAGE)));
        target = new Target(server.port(), List.of(KEY, LIMITED), TestedEngine.PEER_LIBRARY);
    }

    @AfterAll
    static void stop() {
        server.stop();
        way.close();
    }

    private static SignedRequests limited() {
        return new SignedRequests(target, LIMITED);
    }

    @Test
    void itIsAliveAndStartedButNotReady() {
        assertThat(SignedRequests.get(target, "/health/live").status()).isEqualTo(200);
        assertThat(SignedRequests.get(target, "/health/started").status()).isEqualTo(200);
        for (String path : List.of("/health", "/health/ready")) {
            Answer health = SignedRequests.get(target, path);

            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().asJsonObject().getString("status")).isEqualTo("DOWN");
        }
    }

    @Test
    void theOtherDatabasesAreServed() {
        RealClient client = target.client();

        assertThat(client.listDatabases()).containsExactly("away", "here", "no-driver", "silent");
        assertThat(client.connect("here").db().t()).isPositive();
    }

    @Test
    void theDatabasesThatAreAwayAreUnavailable() {
        for (String database : List.of("away", "no-driver", "silent")) {
            target.requests()
                    .send(Clj.edn("{:op :datomic.catalog/resolve-db :db-name \"" + database + "\"}"))
                    .failure()
                    .hasCategory("unavailable")
                    .says(database);
        }
    }

    @Test
    void theLogSaysWhyAndKeepsPasswordsOut() throws InterruptedException {
        awaitFailure();

        assertThat(server.output())
                .contains("Cannot connect datomic/away", "Cannot connect datomic/no-driver", "-Pstorage-dynamodb")
                .doesNotContain(PASSWORD, PostgreSql.PASSWORD);
    }

    @Test
    void aStorageThatWasSilentIsReadByItselfWhenItAnswers() throws InterruptedException {
        awaitLog("Cannot connect datomic/silent");
        assertThat(server.output()).contains("No answer from its storage or its transactor within 3000 ms");

        way.become(Passage.CLEAR);

        awaitLog("Could not find silent in catalog");
    }

    /** The peer library tries its storage for some seconds before it gives up. */
    private static void awaitFailure() throws InterruptedException {
        awaitLog("Cannot connect datomic/away");
    }

    private static void awaitLog(String line) throws InterruptedException {
        for (int i = 0; i < 600 && !server.output().contains(line); i++) {
            Thread.sleep(100);
        }
        assertThat(server.output()).contains(line);
    }

    @Test
    void whoMayReadADatabaseIsToldWhyItFailed() throws InterruptedException {
        awaitFailure();

        JsonArray databases = target.requests().get("/api/databases").json().asJsonArray();
        JsonObject away = databases.getJsonObject(0);
        assertThat(away.getString("name")).isEqualTo("away");
        assertThat(away.getString("state")).isEqualTo("failed");
        assertThat(away.getJsonObject("lastError").getString("reason")).isNotBlank();
        assertThat(away).doesNotContainKey("basisT");
        String health = target.requests().get("/health").text();
        assertThat(health).contains("database away", "database no-driver", "last-error");
        assertThat(databases + health).doesNotContain(PASSWORD);
    }

    @Test
    void whoMayNotReadADatabaseIsToldNothingOfIt() {
        assertThat(limited().get("/api/databases").json().asJsonArray())
                .singleElement()
                .satisfies(database ->
                        assertThat(database.asJsonObject().getString("name")).isEqualTo("here"));
        assertThat(limited().get("/health").text()).contains("database here").doesNotContain("away", "no-driver");
    }
}
