package peerserver.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.PeerServerProcess;

/** A server whose access keys change in all their sources, while real clients work with a key that stays. */
class ChangedKeysIT {

    private static final AccessKey STAYS = new AccessKey("stays", "secret-of-stays");
    private static final AccessKey OF_ENVIRONMENT = new AccessKey("of-environment", "secret-of-environment");
    private static final AccessKey REFERRING = new AccessKey("referring", "secret-in-variable");
    private static final AccessKey OF_FILE = new AccessKey("referring", "secret-in-file");
    private static final int READERS = 3;
    private static final int PART = 60;

    private static PeerServerProcess server;
    private static Path keys;
    private static Path secret;
    private static ExecutorService bystanders;
    private static final List<Future<Integer>> working = new ArrayList<>();
    private static volatile boolean enough;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        keys = Files.createDirectory(directory.resolve("keys"));
        secret = Files.writeString(directory.resolve("secret"), OF_FILE.secret() + "\n");
        Files.writeString(keys.resolve("stays.json"), document(STAYS.key(), secretOf(STAYS)));
        Files.writeString(
                keys.resolve("referring.json"),
                document(
                        REFERRING.key(),
                        "{\"secret-file\": \"" + secret + "\"}",
                        "{\"secret-from\": \"referring.secret\"}"));
        server = PeerServerProcess.start(
                Map.of(
                        "JAVA_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpeerserver.keys.poll-ms=400",
                        "PEERSERVER_KEYS",
                        document(OF_ENVIRONMENT.key(), secretOf(OF_ENVIRONMENT)),
                        "REFERRING_SECRET",
                        REFERRING.secret()),
                List.of("--keys", keys.toString(), "-d", "hello,datomic:mem://hello"));
        bystanders = Executors.newFixedThreadPool(READERS);
        for (int i = 0; i < READERS; i++) {
            working.add(bystanders.submit(ChangedKeysIT::workOn));
        }
    }

    /** Works with the key that stays for as long as the test takes; fails when a single request does. */
    private static int workOn() {
        Connection hello = target(STAYS).client().connect("hello");
        int done = 0;
        for (; !enough; done++) {
            long t = hello.transact("[{:db/ident :keys/n%d}]", done % 10).t();
            assertThat(hello.db().t()).isGreaterThanOrEqualTo(t);
            assertThat(hello.db().q("[:find ?i :where [0 :db/ident ?i]]")).hasSize(1);
        }
        return done;
    }

    @AfterAll
    static void stop() throws InterruptedException, ExecutionException {
        enough = true;
        try {
            for (Future<Integer> one : working) {
                assertThat(one.get()).as("requests with the key that stays").isPositive();
            }
        } finally {
            bystanders.shutdown();
            server.stop();
        }
    }

    private static Target target(AccessKey key) {
        return new Target(server.port(), List.of(key), TestedEngine.PEER_LIBRARY);
    }

    private static String secretOf(AccessKey key) {
        return "{\"secret\": \"" + key.secret() + "\"}";
    }

    private static String document(String key, String... secrets) {
        return "[{\"key\": \"" + key + "\", \"secrets\": [" + String.join(", ", secrets)
                + "], \"grants\": [{\"databases\": [\"*\"], \"allow\": [\"read\", \"write\"]}]}]";
    }

    private static SignedRequests.Answer list(AccessKey key) {
        return target(key).requests().send(Clj.edn("{:op :datomic.catalog/list-dbs}"));
    }

    private static boolean known(AccessKey key) {
        int status = list(key).status();
        assertThat(status).isIn(200, 403);
        return status == 200;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not in time: " + server.output());
    }

    private static void replace(Path file, String content) throws IOException {
        Path written = Files.writeString(file.resolveSibling("written"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes in the place of what was there, slowly, and has others see each half. */
    private static void overwrite(Path file, String content) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] bytes = content.getBytes(UTF_8);
            for (int from = 0; from < bytes.length; from += PART) {
                out.write(bytes, from, Math.min(PART, bytes.length - from));
                out.flush();
                Thread.sleep(30);
            }
        }
    }

    @Test
    void keysOfTheEnvironmentAndSecretsOutOfFilesAndPropertiesCount() {
        assertThat(known(OF_ENVIRONMENT)).isTrue();
        assertThat(known(OF_FILE)).isTrue();
        assertThat(known(REFERRING)).isTrue();
        assertThat(known(new AccessKey(REFERRING.key(), "another"))).isFalse();
    }

    @Test
    void aSecretFileThatIsReplacedCountsAndTheOneBeforeDoesNot() throws Exception {
        AccessKey renewed = new AccessKey(OF_FILE.key(), "renewed-secret-in-file");
        replace(secret, renewed.secret());
        await(() -> known(renewed));
        assertThat(known(OF_FILE)).isFalse();

        replace(secret, OF_FILE.secret() + "\n");
        await(() -> known(OF_FILE));
    }

    @Test
    void keysComeAndGo() throws Exception {
        for (int i = 0; i < 5; i++) {
            AccessKey comer = new AccessKey("comer", "secret-" + i);
            overwrite(keys.resolve("comer.json"), document(comer.key(), secretOf(comer)));
            replace(keys.resolve("stays.json"), document(STAYS.key(), secretOf(STAYS), "{\"secret\": \"n" + i + "\"}"));
            await(() -> known(comer));
            assertThat(known(STAYS)).isTrue();

            overwrite(keys.resolve("stays.json"), document(STAYS.key(), secretOf(STAYS)));
            Files.delete(keys.resolve("comer.json"));
            await(() -> !known(comer));
        }
    }

    @Test
    void anIterationGoesOnUnderTheNextSecretWhileTheOneThatSealedItIsValid() throws Exception {
        AccessKey before = new AccessKey("rotating", "secret-before");
        AccessKey after = new AccessKey("rotating", "secret-after");
        Path file = keys.resolve("rotating.json");
        replace(file, document(before.key(), secretOf(before)));
        await(() -> known(before));
        Object begun = target(before)
                .requests()
                .send(Clj.edn("{:op :datoms :db-name \"hello\" :index :eavt :chunk 10 :limit -1}"))
                .success();
        Object next = Clj.mapOf("op", Clj.keyword("next"), "next-token", Clj.get(begun, "next-token"));

        replace(file, document(before.key(), secretOf(after), secretOf(before)));
        await(() -> known(after));
        assertThat(target(after).requests().send(next).success()).isNotNull();
        assertThat(target(before).requests().send(next).success()).isNotNull();

        replace(file, document(before.key(), secretOf(after)));
        await(() -> !known(before));
        target(after).requests().send(next).failure().hasCategory("incorrect");
    }

    @Test
    void aGrantThatIsTakenAwayEndsWhatWasBegunUnderIt() throws Exception {
        AccessKey key = new AccessKey("granted", "secret-of-granted");
        Path file = keys.resolve("granted.json");
        replace(file, document(key.key(), secretOf(key)));
        await(() -> known(key));
        SignedRequests requests = target(key).requests();
        Object begun = requests.send(Clj.edn("{:op :datoms :db-name \"hello\" :index :eavt :chunk 10 :limit -1}"))
                .success();
        Object value =
                requests.send(Clj.edn("{:op :with-db :db-name \"hello\"}")).success();

        replace(file, document(key.key(), secretOf(key)).replace("\"*\"", "\"other\""));
        await(() -> Clj.list(Clj.get(list(key).success(), "result")).isEmpty());

        requests.send(Clj.mapOf("op", Clj.keyword("next"), "next-token", Clj.get(begun, "next-token")))
                .failure()
                .hasCategory("not-found");
        requests.send(Clj.mapOf(
                        "op",
                        Clj.keyword("with"),
                        "db-name",
                        "hello",
                        "next-token",
                        Clj.get(value, "next-token"),
                        "tx-data",
                        Clj.edn("[]")))
                .failure()
                .hasCategory("not-found");
    }

    @Test
    void aBrokenFileLeavesTheKeysAsTheyAreAndTheLogSaysWhy() throws Exception {
        Path broken = keys.resolve("broken.json");
        replace(broken, "[{\"key\": \"broken\", \"secrets\": []}]");
        String problem = "Keys file " + broken + ": entry 1: \"secrets\" must not be empty";
        await(() -> server.output().contains(problem));
        assertThat(known(STAYS)).isTrue();
        assertThat(server.output().lines().filter(line -> line.contains(problem)))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(" SEVERE "));

        AccessKey mended = new AccessKey("broken", "secret-of-mended");
        replace(broken, document(mended.key(), secretOf(mended)));
        await(() -> known(mended));
    }
}
