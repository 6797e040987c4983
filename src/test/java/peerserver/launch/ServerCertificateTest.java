package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import datomic.Peer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {

    private Path temporary;

    @BeforeEach
    void makeRoom(@TempDir Path directory) {
        temporary = directory;
    }

    @Test
    void theBuiltInCertificateIsTheOneInThePeerLibrary() throws Exception {
        ServerCertificate certificate = builtIn();

        assertThat(certificate.leaf().getSubjectX500Principal().getName()).contains("CN=Unknown");
        assertThat(certificate.outOfDate()).isTrue();
        assertThat(certificate.toString()).doesNotContain(String.valueOf(certificate.key()));
    }

    @Test
    void survivesItsOwnKeystore() throws Exception {
        ServerCertificate certificate = builtIn();

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(certificate.pkcs12("pw")), "pw".toCharArray());

        assertThat(store.getKey(ServerCertificate.ALIAS, "pw".toCharArray())).isEqualTo(certificate.key());
        assertThat(store.getCertificate(ServerCertificate.ALIAS)).isEqualTo(certificate.leaf());
    }

    @Test
    void readsTheOperatorsKeystore() throws Exception {
        Path file = Files.write(temporary.resolve("own.p12"), builtIn().pkcs12("right"));
        Path password = Files.writeString(temporary.resolve("pw"), "right\n");

        assertThat(ServerCertificate.ofKeystore(file, ServerCertificate.password(password)))
                .isEqualTo(builtIn());
    }

    @Test
    void saysWhatIsWrongWithAKeystore() throws Exception {
        Path good = Files.write(temporary.resolve("good.p12"), builtIn().pkcs12("right"));
        Path rubbish = Files.writeString(temporary.resolve("rubbish.p12"), "rubbish");
        Path empty = Files.write(temporary.resolve("empty.p12"), emptyStore());

        assertRefused(good, "wrong", "wrong password for the keystore " + good);
        assertRefused(rubbish, "right", "cannot read " + rubbish + " as a PKCS12 keystore");
        assertRefused(empty, "right", "there is no private key in " + empty);
        assertRefused(temporary.resolve("none"), "right", "there is no keystore " + temporary.resolve("none"));
    }

    private static void assertRefused(Path file, String password, String line) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ServerCertificate.ofKeystore(file, password));
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.exitStatus()).isEqualTo(1);
    }

    private static byte[] emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        store.store(out, "right".toCharArray());
        return out.toByteArray();
    }

    private static ServerCertificate builtIn() throws Refusal, URISyntaxException {
        return ServerCertificate.builtIn(Path.of(
                Peer.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
}
