package peerserver.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A keystore of the operator's, and where its password comes from.
 *
 * @param path a PKCS12 keystore
 * @param passwordFile holds its password; when absent, the environment does
 * @param environmentPassword what the environment held when the server was started
 */
record KeystoreFile(Path path, Optional<Path> passwordFile, Optional<String> environmentPassword) {

    /** The key and the certificates that are in it now. */
    ServerCertificate certificate() throws Refusal {
        String password;
        if (passwordFile.isPresent()) {
            password = ServerCertificate.password(passwordFile.get());
        } else {
            password = environmentPassword.orElseThrow(() -> Refusal.ofArgument(
                    "--tls-keystore needs a password: --tls-password-file FILE or PEERSERVER_TLS_PASSWORD"));
        }
        return ServerCertificate.ofKeystore(path, password);
    }

    /**
     * The bytes of its files, empty for one that cannot be read. They tell a change more surely than dates do, which a
     * copy may keep and a link hides.
     */
    List<ByteBuffer> content() {
        List<ByteBuffer> content = new ArrayList<>();
        content.add(bytes(path));
        passwordFile.ifPresent(file -> content.add(bytes(file)));
        return content;
    }

    private static ByteBuffer bytes(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            return ByteBuffer.allocate(0);
        }
    }

    @Override
    public String toString() {
        return "KeystoreFile[" + path + ']';
    }
}
