package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreWatchTest {

    private static final Logger LOGGER = Logger.getLogger(KeystoreWatch.class.getName());

    private static TestKeystore first;
    private static TestKeystore second;

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            logged.add(logRecord);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Path file;
    private Path password;
    private ServedKey served;
    private KeystoreWatch watch;

    @BeforeAll
    static void makeKeys(@TempDir Path directory) {
        first = TestKeystore.ofServer(directory.resolve("first.p12"), "first");
        second = TestKeystore.ofRsaServer(directory.resolve("second.p12"), "second");
    }

    @BeforeEach
    void serveTheFirst(@TempDir Path directory) throws Exception {
        file = Files.copy(first.file(), directory.resolve("own.p12"));
        password = Files.writeString(directory.resolve("password"), TestKeystore.PASSWORD + '\n');
        KeystoreFile keystore = new KeystoreFile(file, Optional.of(password), Optional.empty());
        served = new ServedKey(keystore.certificate());
        served.show();
        watch = new KeystoreWatch(keystore, served);
        LOGGER.addHandler(listener);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(listener);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void aKeyThatIsHiddenIsGivenToNoHandshake() {
        served.hide();
        assertThat(served.getPrivateKey(ServerCertificate.ALIAS)).isNull();

        served.show();
        assertThat(served.getPrivateKey(ServerCertificate.ALIAS)).isNotNull();
    }

    @Test
    void aFileThatStaysTheSameChangesNothing() {
        watch.look();
        watch.look();

        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(lines()).isEmpty();
    }

    @Test
    void aNewFileIsServedAndSaidOnce() throws Exception {
        Files.write(file, Files.readAllBytes(second.file()));

        watch.look();
        watch.look();

        assertThat(shown()).isEqualTo(second.certificate());
        assertThat(served.getPrivateKey(ServerCertificate.ALIAS))
                .isEqualTo(second.store().getKey("own", TestKeystore.PASSWORD.toCharArray()));
        assertThat(lines()).hasSize(1).allMatch(line -> line.contains("CN=second"));
    }

    @Test
    void aHalfWrittenFileKeepsTheFormerKeyUntilItIsWhole() throws Exception {
        byte[] whole = Files.readAllBytes(second.file());
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        watch.look();
        watch.look();

        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(lines())
                .containsExactly(
                        "New connections get the same key as before: cannot read " + file + " as a PKCS12 keystore");

        Files.write(file, whole);
        watch.look();

        assertThat(shown()).isEqualTo(second.certificate());
    }

    @Test
    void aFileThatIsGoneKeepsTheFormerKey() throws Exception {
        Files.delete(file);

        watch.look();

        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(lines()).containsExactly("New connections get the same key as before: there is no keystore " + file);
    }

    @Test
    void aNewPasswordIsReadFromItsFile() throws Exception {
        Files.write(
                file,
                ServerCertificate.ofKeystore(second.file(), TestKeystore.PASSWORD)
                        .pkcs12("another"));
        watch.look();
        assertThat(lines())
                .containsExactly("New connections get the same key as before: wrong password for the keystore " + file);

        Files.writeString(password, "another\n");
        watch.look();

        assertThat(shown()).isEqualTo(second.certificate());
    }

    @Test
    void aHandshakeUnderWayGetsTheCertificateOfTheKeyThatItHas() throws Exception {
        ServerCertificate next = ServerCertificate.ofKeystore(second.file(), TestKeystore.PASSWORD);

        served.getPrivateKey(ServerCertificate.ALIAS);
        served.replace(next);

        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(shown()).isEqualTo(second.certificate());
    }

    private X509Certificate shown() {
        return Objects.requireNonNull(served.getCertificateChain(ServerCertificate.ALIAS))[0];
    }

    private List<String> lines() {
        return logged.stream().map(LogLine::message).toList();
    }
}
