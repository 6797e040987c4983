package peerserver.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.PeerServerProcess;

/**
 * A server whose resources change while the real client works on another database of it. The properties of a resource are
 * in a file of the server's private directory, which Payara reads at each lookup.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ChangedResourcesIT {

    private static final AccessKey KEY = new AccessKey("myaccesskey", "mysecret");
    private static final String CHANGING = "changing";

    private static PeerServerProcess server;
    private static Target target;
    private static Path file;
    private static ExecutorService bystander;
    private static Future<Integer> reading;
    private static volatile boolean enough;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        server = PeerServerProcess.start(
                Map.of(
                        "TMPDIR",
                        directory.toString(),
                        "JAVA_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpeerserver.databases.poll-ms=100"
                                + " -Dpeerserver.databases.grace-ms=3600000"),
                List.of(
                        "-a",
                        KEY.key() + "," + KEY.secret(),
                        "-d",
                        "hello,datomic:mem://hello",
                        "-d",
                        CHANGING + ",datomic:mem://changing"));
        target = new Target(server.port(), List.of(KEY), TestedEngine.PEER_LIBRARY);
        try (Stream<Path> files = Files.walk(directory)) {
            file = files.filter(candidate -> candidate.endsWith(Path.of("databases", CHANGING + ".properties")))
                    .findFirst()
                    .orElseThrow();
        }
        bystander = Executors.newSingleThreadExecutor();
        reading = bystander.submit(ChangedResourcesIT::readOn);
    }

    /** Reads and writes another database as long as the test takes; fails when a single request does. */
    private static int readOn() {
        Connection hello = target.client().connect("hello");
        int done = 0;
        for (; !enough; done++) {
            long t = hello.transact("[{:db/ident :changed/n%d}]", done % 10).t();
            assertThat(hello.db().t()).isGreaterThanOrEqualTo(t);
            assertThat(hello.db().q("[:find ?i :where [0 :db/ident ?i]]")).hasSize(1);
        }
        return done;
    }

    @AfterAll
    static void stop() throws InterruptedException, ExecutionException {
        enough = true;
        try {
            assertThat(reading.get()).as("requests on another database").isPositive();
        } finally {
            bystander.shutdown();
            server.stop();
        }
    }

    private static void declare(String properties) throws IOException {
        // In one move, so that nobody reads half of it.
        Path written = Files.writeString(file.resolveSibling("written"), properties, ISO_8859_1);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static JsonObject await(Predicate<JsonObject> condition) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            JsonObject database = target.requests().get("/api/databases").json().asJsonArray().stream()
                    .map(JsonValue::asJsonObject)
                    .filter(candidate -> candidate.getString("name").equals(CHANGING))
                    .findFirst()
                    .orElseThrow();
            if (condition.test(database)) {
                return database;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(
                "not in time: " + target.requests().get("/api/databases").text() + server.output());
    }

    private static Predicate<JsonObject> state(String state) {
        return database -> database.getString("state").equals(state);
    }

    @Test
    void aReadOnlyDatabaseStaysConnectedAndIsNotWritten() throws Exception {
        Connection changing = target.client().connect(CHANGING);
        long t = changing.db().t();

        declare("uri=datomic:mem://changing\nrequired=true\nread-only=true\n");
        await(database -> database.getBoolean("readOnly"));

        Failure.of(() -> changing.transact("[]")).hasCategory("forbidden").says("for reading only");
        assertThat(changing.db().t()).isEqualTo(t);
    }

    @Test
    void bMisspeltItFailsAndItsIterationsGoOn() throws Exception {
        DbValue value = target.client().connect(CHANGING).db();
        Object begun = target.requests()
                .send(Clj.edn("{:op :datoms :db-name \"" + CHANGING + "\" :index :eavt :chunk 10 :limit -1}"))
                .success();

        declare("uri=datomic:mem://changing\nrequired=true\nreadonly=true\n");
        JsonObject failed = await(state("failed"));

        assertThat(failed.getJsonObject("lastError").getString("reason")).contains("unknown properties: [readonly]");
        assertThat(SignedRequests.get(target, "/health/ready").status()).isEqualTo(503);
        Object next = target.requests()
                .send(Clj.mapOf("op", Clj.keyword("next"), "next-token", Clj.get(begun, "next-token")))
                .success();
        assertThat(Clj.list(Clj.get(next, "data"))).hasSize(10);
        target.requests()
                .send(Clj.edn("{:op :datoms :db-name \"" + CHANGING + "\" :index :eavt}"))
                .failure()
                .hasCategory("unavailable");
        assertThat(value.t()).isPositive();
    }

    @Test
    void cAnotherStorageUnderTheNameIsConnectedInstead() throws Exception {
        declare("uri=datomic:mem://another\ncreate=true\nrequired=true\n");
        await(state("connected"));

        Connection changing = target.client().connect(CHANGING);
        assertThat(changing.transact("[{:db/ident :changed/mark}]").t()).isPositive();
        assertThat(SignedRequests.get(target, "/health/ready").status()).isEqualTo(200);
    }

    @Test
    void dWhileItCannotBeReadItIsServedAsBefore() throws Exception {
        Files.delete(file);
        for (int i = 0; i < 5; i++) {
            Thread.sleep(100);
            assertThat(target.client().connect(CHANGING).db().t()).isPositive();
        }

        // It is another database from some moment on: whoever asks for the one before then is told that it is gone.
        declare("uri=datomic:mem://changing\nrequired=true\ndescription=back\n");
        await(database -> database.getString("description", "").equals("back")
                && database.getString("state").equals("connected"));
        assertThat(target.client().connect(CHANGING).db().q("[:find ?e :where [?e :db/ident :changed/mark]]"))
                .isEmpty();
    }
}
