package peerserver.launch;

import java.nio.file.Path;
import java.util.Optional;

/** Which certificate to serve. */
sealed interface Tls {

    /**
     * The certificate of the peer library. Everybody has its private key, so that it proves nothing: it is for loopback
     * addresses, unless the operator insists.
     *
     * @param insisted whether {@code --tls datomic} was given
     */
    record BuiltIn(boolean insisted) implements Tls {}

    /**
     * The operator's own.
     *
     * @param file a PKCS12 keystore
     * @param passwordFile holds its password; when absent, the environment does
     * @param clientAuthority who signs the certificates of clients, in PEM; when absent, clients need none
     */
    record Keystore(Path file, Optional<Path> passwordFile, Optional<Path> clientAuthority) implements Tls {}
}
