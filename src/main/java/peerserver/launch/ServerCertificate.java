package peerserver.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the server's own certificate first
 */
record ServerCertificate(PrivateKey key, List<Certificate> chain) {

    /** The alias in the keystore that {@link #pkcs12} writes. */
    static final String ALIAS = "peer-server";

    private static final String BUILT_IN = "datomic/transactor-key.jks";

    ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** The certificate in the peer library's jar, the one that the client library trusts. */
    static ServerCertificate builtIn(Path peerLibrary) throws Refusal {
        try (JarFile jar = new JarFile(peerLibrary.toFile())) {
            ZipEntry entry = jar.getEntry(BUILT_IN);
            if (entry == null) {
                throw Refusal.ofMachine("there is no " + BUILT_IN + " in " + peerLibrary);
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return read(in, "JKS", "transactor".toCharArray(), peerLibrary);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw Refusal.ofMachine("cannot read the certificate in " + peerLibrary);
        }
    }

    /** The first private key of a PKCS12 keystore. */
    static ServerCertificate ofKeystore(Path file, String password) throws Refusal {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, "PKCS12", password.toCharArray(), file);
        } catch (NoSuchFileException e) {
            throw Refusal.ofMachine("there is no keystore " + file);
        } catch (IOException e) {
            throw Refusal.ofMachine(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? "wrong password for the keystore " + file
                            : "cannot read " + file + " as a PKCS12 keystore");
        } catch (UnrecoverableKeyException e) {
            throw Refusal.ofMachine("the private key in " + file + " has another password than the keystore");
        } catch (GeneralSecurityException e) {
            throw Refusal.ofMachine("cannot read " + file + " as a PKCS12 keystore");
        }
    }

    /** The password in a file, without the end of its line. */
    static String password(Path file) throws Refusal {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw Refusal.ofMachine("cannot read the password file " + file);
        }
    }

    /** The certificate that clients see. */
    X509Certificate leaf() {
        return (X509Certificate) chain.get(0);
    }

    /** Whether clients that look at dates refuse it, or will not accept it yet. */
    boolean outOfDate() {
        try {
            leaf().checkValidity();
            return false;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return true;
        }
    }

    /** A PKCS12 keystore that holds just this, under {@link #ALIAS}. */
    byte[] pkcs12(String password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password.toCharArray(), chain.toArray(Certificate[]::new));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + leaf().getSubjectX500Principal() + ']';
    }

    private static ServerCertificate read(InputStream in, String type, char[] password, Path file)
            throws IOException, GeneralSecurityException, Refusal {
        KeyStore store = KeyStore.getInstance(type);
        store.load(in, password);
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
                return new ServerCertificate(key, List.of(store.getCertificateChain(alias)));
            }
        }
        throw Refusal.ofMachine("there is no private key in " + file);
    }
}
