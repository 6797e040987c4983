package peerserver.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A PKCS12 keystore that {@code keytool} made, with one key.
 *
 * @param file its password is {@link #PASSWORD}
 */
public record TestKeystore(Path file) {

    public static final String PASSWORD = "own-password";

    private static final String ALIAS = "own";

    /** A key for localhost that vouches for itself. */
    public static TestKeystore ofServer(Path file, String name) {
        return generate(file, "CN=" + name, "EC", "san=dns:localhost");
    }

    /** The same with an RSA key. */
    static TestKeystore ofRsaServer(Path file, String name) {
        return generate(file, "CN=" + name, "RSA", "san=dns:localhost");
    }

    /** A key that may sign others. */
    static TestKeystore ofAuthority(Path file, String name) {
        return generate(file, "CN=" + name, "EC", "bc:critical=ca:true");
    }

    /** A key that this authority has signed, for a client. */
    TestKeystore signed(Path client, String name) {
        TestKeystore made = generate(client, "CN=" + name, "EC", "eku=clientAuth");
        Path request = client.resolveSibling(name + ".csr");
        Path certificate = client.resolveSibling(name + ".pem");
        Path authority = client.resolveSibling(name + "-authority.pem");
        made.keytool("-certreq", "-file", request.toString());
        keytool("-gencert", "-rfc", "-infile", request.toString(), "-outfile", certificate.toString());
        keytool("-exportcert", "-rfc", "-file", authority.toString());
        made.keytool("-importcert", "-noprompt", "-alias", "authority", "-file", authority.toString());
        made.keytool("-importcert", "-noprompt", "-file", certificate.toString());
        return made;
    }

    public X509Certificate certificate() {
        try {
            return (X509Certificate) store().getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate as text. */
    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate and its key as text, as proxies want them. */
    public String pemWithKey() {
        try {
            return pem(certificate())
                    + pem(
                            "PRIVATE KEY",
                            store().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    /** A store that trusts its certificate. */
    public KeyStore trusting() throws GeneralSecurityException, IOException {
        KeyStore trusting = KeyStore.getInstance("PKCS12");
        trusting.load(null, null);
        trusting.setCertificateEntry(ALIAS, certificate());
        return trusting;
    }

    KeyStore store() throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestKeystore generate(Path file, String name, String algorithm, String extension) {
        TestKeystore made = new TestKeystore(file);
        List<String> size = algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048");
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-keyalg", algorithm, "-dname", name, "-ext", extension, "-validity", "2"));
        arguments.addAll(size);
        made.keytool(arguments.toArray(String[]::new));
        return made;
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        if (!command.contains("-alias")) {
            command.addAll(List.of("-alias", ALIAS));
        }
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
