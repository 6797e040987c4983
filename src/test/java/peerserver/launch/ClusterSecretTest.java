package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {

    private static final String SECRET = "a secret of some length";

    @Test
    void isNotNeededWhereNobodyElseReachesTheNodes() throws Refusal {
        ClusterSecret none = ClusterSecret.of(cluster("127.0.0.1:6900,127.0.0.1:6901"), Optional.empty());

        assertThat(none.given()).isFalse();
        assertThat(none.name()).isEqualTo("peer-server");
    }

    @Test
    void isNeededElsewhere() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> ClusterSecret.of(cluster("127.0.0.1:6900,192.0.2.1:6900"), Optional.empty()));

        assertThat(refusal.line())
                .isEqualTo("--cluster has an address that others can reach, and needs a secret:"
                        + " --cluster-secret-file FILE or PEERSERVER_CLUSTER_SECRET");
        assertThat(refusal.exitStatus()).isEqualTo(2);
    }

    @Test
    void comesFromItsFileOrElseTheEnvironment(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        ClusterOptions nodes = cluster("127.0.0.1:6900,127.0.0.1:6901");
        ClusterOptions withFile = new ClusterOptions(nodes.nodes(), Optional.of(file));

        assertThat(ClusterSecret.of(withFile, Optional.of("another secret, not used"))
                        .name())
                .isEqualTo(ClusterSecret.of(nodes, Optional.of(SECRET)).name())
                .isNotEqualTo(ClusterSecret.of(nodes, Optional.of("another secret, used"))
                        .name());
    }

    @Test
    void hasToBeLongAndReadable(@TempDir Path directory) {
        ClusterOptions nodes = new ClusterOptions(List.of(), Optional.of(directory.resolve("none")));

        assertThat(catchThrowableOfType(Refusal.class, () -> ClusterSecret.ofText("fifteen letters"))
                        .line())
                .isEqualTo("the secret of the cluster needs 16 characters at least");
        Refusal unreadable = catchThrowableOfType(Refusal.class, () -> ClusterSecret.of(nodes, Optional.empty()));
        assertThat(unreadable.line()).startsWith("cannot read the file of the cluster's secret ");
        assertThat(unreadable.exitStatus()).isEqualTo(1);
    }

    @Test
    void isNeitherInTheNameNorInText() throws Refusal {
        ClusterSecret secret = ClusterSecret.ofText(SECRET);

        assertThat(secret.name()).matches("peer-server-[0-9a-f]{64}");
        assertThat(secret.toString()).doesNotContain(secret.name(), SECRET);
    }

    @Test
    void yieldsTheSameKeyOnEveryNodeSealedAnewForEach() throws Exception {
        byte[] one = ClusterSecret.ofText(SECRET).payaraKeyFile("changeit");
        byte[] other = ClusterSecret.ofText(SECRET).payaraKeyFile("changeit");

        assertThat(one).isNotEqualTo(other);
        assertThat(opened(one))
                .hasSize(32)
                .isEqualTo(opened(other))
                .isNotEqualTo(
                        opened(ClusterSecret.ofText("another secret, longer").payaraKeyFile("changeit")));
    }

    /** As Payara opens it: salt, initialisation vector, and the key under one that is derived from the master password. */
    private static byte[] opened(byte[] file) throws Exception {
        PBEKeySpec sealing = new PBEKeySpec("changeit".toCharArray(), Arrays.copyOf(file, 20), 65_556, 256);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                .generateSecret(sealing)
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new IvParameterSpec(Arrays.copyOfRange(file, 20, 36)));
        return cipher.doFinal(file, 36, file.length - 36);
    }

    private static ClusterOptions cluster(String nodes) throws Refusal {
        return ClusterOptions.parse(nodes, Optional.empty());
    }
}
