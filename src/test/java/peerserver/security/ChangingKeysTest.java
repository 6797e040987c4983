package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.CapturedLog;
import peerserver.chunk.TokenKey;

/** Access keys whose sources change while the server runs. */
class ChangingKeysTest {

    private final MovableClock clock = new MovableClock("2026-11-22T10:00:00Z");
    private final Map<String, String> properties = new HashMap<>();
    private final Path directory;
    private final Path file;

    ChangingKeysTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = TestKeys.file(directory, key("stays", "s1"));
    }

    private static String key(String name, String... secrets) {
        StringBuilder json = new StringBuilder("[{\"key\": \"" + name + "\", \"secrets\": [");
        for (int i = 0; i < secrets.length; i++) {
            json.append(i == 0 ? "" : ", ").append("{\"secret\": \"" + secrets[i] + "\"}");
        }
        return json + "]}]";
    }

    private static void lookTwice(AccessKeys keys) {
        keys.look();
        keys.look();
    }

    private static List<TokenKey> tokenKeys(AccessKeys keys, String name) {
        return keys.caller(name).map(Caller::tokenKeys).orElse(List.of());
    }

    @Test
    void aChangeCountsOnceItWasSeenTwice() throws IOException {
        AccessKeys keys = TestKeys.of(clock, file);
        Files.writeString(file, key("other", "s2"));
        keys.look();
        assertThat(keys.caller("stays")).isPresent();
        assertThat(keys.caller("other")).isEmpty();

        keys.look();
        assertThat(keys.caller("stays")).isEmpty();
        assertThat(keys.caller("other")).isPresent();
    }

    @Test
    void aSecretThatIsAddedJoinsTheOneThatIsThere() throws IOException {
        AccessKeys keys = TestKeys.of(clock, file);
        Files.writeString(file, key("stays", "s1", "s2"));
        lookTwice(keys);

        assertThat(tokenKeys(keys, "stays"))
                .containsExactly(TokenKey.derive("stays", "s1"), TokenKey.derive("stays", "s2"));
        assertThat(keys.candidates("unknown")).hasSize(2);
    }

    @Test
    void aFileThatIsHalfWrittenIsNeitherAnErrorNorTheWhole() throws IOException {
        String whole = key("stays", "s1", "long-secret");
        AccessKeys keys = TestKeys.of(clock, file);
        try (CapturedLog log = CapturedLog.of(AccessKeys.class)) {
            for (int length = 0; length <= whole.length(); length += 7) {
                Files.writeString(file, whole.substring(0, length));
                keys.look();
                assertThat(tokenKeys(keys, "stays")).containsExactly(TokenKey.derive("stays", "s1"));
            }
            Files.writeString(file, whole);
            lookTwice(keys);

            assertThat(tokenKeys(keys, "stays")).hasSize(2);
            assertThat(log.lines(Level.SEVERE)).isEmpty();
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void brokenSourcesLeaveTheKeysAsTheyAreAndAreToldOfOnce() throws IOException {
        AccessKeys keys = TestKeys.of(clock, file);
        try (CapturedLog log = CapturedLog.of(AccessKeys.class)) {
            Files.writeString(file, key("stays", "topsecret").replace("secrets", "secretz"));
            lookTwice(keys);
            lookTwice(keys);

            assertThat(tokenKeys(keys, "stays")).containsExactly(TokenKey.derive("stays", "s1"));
            assertThat(log.lines())
                    .containsExactly("SEVERE The access keys stay as they were: Keys file " + file
                            + ": entry 1: it may have the members code, grants, key, secrets only");

            Files.delete(file);
            lookTwice(keys);
            assertThat(keys.caller("stays")).isPresent();
            assertThat(log.lines()).hasSize(2).last().asString().contains("cannot be read: java.nio.file.NoSuchFile");

            Files.writeString(file, key("stays", "s2"));
            lookTwice(keys);
            assertThat(tokenKeys(keys, "stays")).containsExactly(TokenKey.derive("stays", "s2"));
            assertThat(log.lines()).last().isEqualTo("INFO The access keys have changed: 1 keys, added [], removed []");
        }
    }

    @Test
    void whatIsUnchangedIsNotTakenOverAgain() {
        AccessKeys keys = TestKeys.of(clock, file);
        try (CapturedLog log = CapturedLog.of(AccessKeys.class)) {
            lookTwice(keys);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aPropertyDeclaresKeysAsAFileDoes() {
        properties.put("peerserver.keys", key("by-property", "s2"));
        AccessKeys keys = TestKeys.of(clock, properties, file);
        assertThat(keys.caller("stays")).isPresent();
        assertThat(keys.caller("by-property")).isPresent();

        properties.remove("peerserver.keys");
        lookTwice(keys);
        assertThat(keys.caller("stays")).isPresent();
        assertThat(keys.caller("by-property")).isEmpty();
    }

    @Test
    void aSecretMayBeInAFileOrAPropertyOfItsOwnAndChangesWithIt() throws IOException {
        Path secret = directory.resolve("secret").toAbsolutePath();
        Files.writeString(secret, "s1\n");
        properties.put("reporting.secret", "s2");
        Files.writeString(file, """
                [{"key": "stays", "secrets": [{"secret-file": "%s"}, {"secret-from": "reporting.secret"}]}]
                """.formatted(secret));
        AccessKeys keys = TestKeys.of(clock, properties, file);
        assertThat(tokenKeys(keys, "stays"))
                .containsExactly(TokenKey.derive("stays", "s1"), TokenKey.derive("stays", "s2"));

        Files.writeString(secret, "s3");
        properties.put("reporting.secret", "s4\r\n");
        lookTwice(keys);
        assertThat(tokenKeys(keys, "stays"))
                .containsExactly(TokenKey.derive("stays", "s3"), TokenKey.derive("stays", "s4"));
    }

    /** Kubernetes replaces a mounted directory by pointing one hidden link elsewhere. */
    @Test
    void everyDocumentOfADirectoryCountsAlsoWhenTheDirectoryIsSwapped() throws IOException {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        version(mount, "..1", "a.json", key("a", "s1"));
        version(mount, "..1", "b.json", key("b", "s1"));
        version(mount, "..2", "a.json", key("a", "s1", "s2"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        for (String name : List.of("a.json", "b.json")) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        Files.writeString(mount.resolve("notes.txt"), "no keys");
        Files.writeString(mount.resolve(".hidden.json"), "no keys");
        AccessKeys keys = TestKeys.of(clock, mount);
        assertThat(tokenKeys(keys, "a")).hasSize(1);
        assertThat(tokenKeys(keys, "b")).hasSize(1);

        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(mount.resolve("b.json"));
        lookTwice(keys);
        assertThat(tokenKeys(keys, "a")).hasSize(2);
        assertThat(keys.caller("b")).isEmpty();
    }

    private static void version(Path mount, String version, String name, String json) throws IOException {
        Files.write(Files.createDirectories(mount.resolve(version)).resolve(name), json.getBytes(UTF_8));
    }
}
