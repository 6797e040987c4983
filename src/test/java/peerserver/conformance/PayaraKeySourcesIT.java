package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.servers.PayaraServer;

/**
 * Access keys out of what a full Payara Server takes settings from while it runs, and out of a password alias, which counts
 * from the next start on.
 */
@Tag("payara-server")
class PayaraKeySourcesIT {

    private static final AccessKey STAYS = new AccessKey("stays", "secret-of-stays");

    private static PayaraServer server;

    /** As Kubernetes and Docker mount secrets: a file for each. */
    @TempDir
    private static Path secrets;

    @BeforeAll
    static void start() {
        server = PayaraServer.start(
                List.of(STAYS),
                Map.of("hello", "datomic:mem://hello"),
                "set-config-dir --directory=" + secrets + "\nset-config-cache --duration=1\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static boolean known(AccessKey key) {
        SignedRequests requests = new Target(server.port(), List.of(key), TestedEngine.PEER_LIBRARY).requests();
        int status = requests.send(Clj.edn("{:op :datomic.catalog/list-dbs}")).status();
        assertThat(status).isIn(200, 403);
        return status == 200;
    }

    private static void await(AccessKey key, boolean known) throws InterruptedException {
        for (int i = 0; i < 300 && known(key) != known; i++) {
            Thread.sleep(200);
        }
        assertThat(known(key)).as("%s is known", key.key()).isEqualTo(known);
        assertThat(known(STAYS)).isTrue();
    }

    private static String document(AccessKey key) {
        return "[" + key.json().replace('\n', ' ') + "]";
    }

    private static String referring(AccessKey key) {
        return document(key)
                .replace("\"secret\": \"" + key.secret() + '"', "\"secret-from\": \"" + key.key() + ".secret\"");
    }

    @Test
    void keysComeAndGoInASecretsDirectoryAndASystemProperty() throws Exception {
        AccessKey inDirectory = new AccessKey("in-directory", "secret-in-directory");
        Path keys = Files.writeString(secrets.resolve("peerserver.keys"), document(inDirectory));
        await(inDirectory, true);
        Files.delete(keys);
        await(inDirectory, false);

        AccessKey inProperty = new AccessKey("in-property", "secret-in-property");
        server.administer("create-system-properties", escaped("peerserver.keys", document(inProperty)));
        await(inProperty, true);
        server.administer("delete-system-property", "peerserver.keys");
        await(inProperty, false);
    }

    @Test
    void secretsComeFromASecretsDirectoryAndASystemProperty() throws Exception {
        for (AccessKey key : List.of(
                new AccessKey("by-directory", "secret-by-directory"),
                new AccessKey("by-property", "secret-by-property"))) {
            keep(key);
            Path keys = Files.writeString(secrets.resolve("peerserver.keys"), referring(key));
            await(key, true);
            assertThat(known(new AccessKey(key.key(), "another-secret"))).isFalse();
            Files.delete(keys);
            await(key, false);
        }
    }

    @Test
    void aSecretComesFromAPasswordAliasThatWasMadeBeforeTheStart() throws Exception {
        AccessKey key = new AccessKey("by-alias", "secret-by-alias");
        Path keys = Files.writeString(secrets.resolve("peerserver.keys"), referring(key));
        server.keepAlias("by-alias.secret", key.secret());
        server.restart();

        await(key, true);
        assertThat(known(new AccessKey(key.key(), "another-secret"))).isFalse();
        Files.delete(keys);
        await(key, false);
    }

    private static void keep(AccessKey key) throws IOException {
        String name = key.key() + ".secret";
        switch (key.key()) {
            case "by-directory" -> Files.writeString(secrets.resolve(name), key.secret());
            default -> server.administer("create-system-properties", escaped(name, key.secret()));
        }
    }

    private static String escaped(String name, String value) {
        return name + '=' + value.replaceAll("[:=\"]", "\\\\$0");
    }
}
