package peerserver.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of a cluster have in common: the name that a node must know to join, and the key of the sessions that they
 * keep for each other. Both are derived from the operator's secret, and neither tells the other: nodes say the name in
 * clear.
 */
final class ClusterSecret {

    /** The name without a secret, which is for loopback only. */
    private static final String OPEN_NAME = "peer-server";

    private static final int SHORTEST = 16;
    private static final byte[] PURPOSE = "peer-server cluster".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 200_000;
    private static final int NAME_BYTES = 32;
    private static final int KEY_BYTES = 32;

    /** How Payara has it in {@code datagrid-key}. */
    private static final int SALT_BYTES = 20;

    private static final int IV_BYTES = 16;
    private static final int PAYARA_ROUNDS = 65_556;

    private final String name;
    private final Optional<byte[]> key;

    private ClusterSecret(String name, Optional<byte[]> key) {
        this.name = name;
        this.key = key;
    }

    /** Reads what the operator gave: a file, or else the environment. */
    static ClusterSecret of(ClusterOptions cluster, Optional<String> environment) throws Refusal {
        Optional<String> secret = cluster.secretFile().isPresent()
                ? Optional.of(firstLine(cluster.secretFile().get()))
                : environment;
        if (secret.isEmpty()) {
            if (!cluster.loopback()) {
                throw Refusal.ofArgument("--cluster has an address that others can reach, and needs a secret:"
                        + " --cluster-secret-file FILE or PEERSERVER_CLUSTER_SECRET");
            }
            return new ClusterSecret(OPEN_NAME, Optional.empty());
        }
        return ofText(secret.get());
    }

    static ClusterSecret ofText(String secret) throws Refusal {
        if (secret.length() < SHORTEST) {
            throw Refusal.ofArgument("the secret of the cluster needs " + SHORTEST + " characters at least");
        }
        byte[] derived = derived("PBKDF2WithHmacSHA256", secret.toCharArray(), PURPOSE, ROUNDS, NAME_BYTES + KEY_BYTES);
        return new ClusterSecret(
                OPEN_NAME + '-' + HexFormat.of().formatHex(derived, 0, NAME_BYTES),
                Optional.of(Arrays.copyOfRange(derived, NAME_BYTES, derived.length)));
    }

    private static String firstLine(Path file) throws Refusal {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("");
        } catch (IOException | UncheckedIOException e) {
            throw Refusal.ofMachine("cannot read the file of the cluster's secret " + file);
        }
    }

    /** What a node must say to join; as good as a secret where there is one. */
    String name() {
        return name;
    }

    /** Whether there is one. */
    boolean given() {
        return key.isPresent();
    }

    /** The key as Payara reads it, sealed with the master password of its domain. */
    byte[] payaraKeyFile(String masterPassword) {
        byte[] salt = bytes(SALT_BYTES);
        byte[] iv = bytes(IV_BYTES);
        try {
            byte[] sealing =
                    derived("PBKDF2WithHmacSHA1", masterPassword.toCharArray(), salt, PAYARA_ROUNDS, KEY_BYTES);
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(sealing, "AES"), new IvParameterSpec(iv));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(salt);
            file.writeBytes(iv);
            file.writeBytes(cipher.doFinal(key.orElseThrow()));
            return file.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these", e);
        }
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] derived(String algorithm, char[] secret, byte[] salt, int rounds, int bytes) {
        try {
            PBEKeySpec specification = new PBEKeySpec(secret, salt, rounds, bytes * Byte.SIZE);
            return SecretKeyFactory.getInstance(algorithm)
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these", e);
        }
    }

    @Override
    public String toString() {
        return "ClusterSecret[]";
    }
}
