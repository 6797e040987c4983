package peerserver.launch;

import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the listener speaks TLS. With a key of the operator's: TLS 1.2 and 1.3 with forward secrecy and authenticated
 * encryption only, the key as it is in its file now, and, if wanted, with clients that have a certificate only. With the
 * certificate of the peer library: as Payara does by itself, for the sake of the oldest clients.
 */
final class ListenerTls {

    private static final String SUITES = String.join(
            ",",
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final ServedKey key;
    private final Optional<KeystoreFile> file;
    private final Optional<ClientAuthority> clients;

    private ListenerTls(ServedKey key, Optional<KeystoreFile> file, Optional<ClientAuthority> clients) {
        this.key = key;
        this.file = file;
        this.clients = clients;
    }

    /** With the certificate that clients trust and everybody has the key of. */
    static ListenerTls builtIn(Path peerLibrary) throws Refusal {
        return new ListenerTls(
                new ServedKey(ServerCertificate.builtIn(peerLibrary)), Optional.empty(), Optional.empty());
    }

    /** With what the operator's files hold. */
    static ListenerTls own(Tls.Keystore tls, Optional<String> environmentPassword) throws Refusal {
        KeystoreFile file = new KeystoreFile(tls.file(), tls.passwordFile(), environmentPassword);
        ServedKey key = new ServedKey(file.certificate());
        Optional<ClientAuthority> clients = tls.clientAuthority().isPresent()
                ? Optional.of(ClientAuthority.ofPem(tls.clientAuthority().get(), key))
                : Optional.empty();
        return new ListenerTls(key, Optional.of(file), clients);
    }

    /** The key that the listener has. */
    ServedKey key() {
        return key;
    }

    /** Whether the key is the operator's. */
    boolean own() {
        return file.isPresent();
    }

    /** Makes it known to this JVM, follows the keystore from now on, and gives what the listener has to be told. */
    List<String> install() {
        Security.addProvider(new ListenerProvider(key, clients));
        List<String> settings = new ArrayList<>(List.of("key-algorithm=" + ListenerProvider.ALGORITHM));
        if (file.isEmpty()) {
            return settings;
        }
        new KeystoreWatch(file.get(), key).start();
        settings.addAll(List.of("tls12-enabled=true", "tls13-enabled=true", "ssl3-tls-ciphers=" + SUITES));
        if (clients.isPresent()) {
            settings.add("trust-algorithm=" + ListenerProvider.ALGORITHM);
            settings.add("client-auth=need");
        }
        return settings;
    }
}
