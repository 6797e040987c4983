package peerserver.launch;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives every handshake the key that the server has at that time. Connections that are open keep what they have.
 *
 * <p>While it is hidden, as it is at first, handshakes fail: Payara listens before there is an application, and still when
 * it is gone, and would answer that there is nothing.
 */
final class ServedKey extends X509ExtendedKeyManager {

    /**
     * What a handshake was given a key of. It asks for the key and then, on the same thread, for the certificates, by an
     * alias that Payara fixes: without this a change between the two would break the handshake.
     */
    private static final ThreadLocal<@Nullable ServerCertificate> ASKED = new ThreadLocal<>();

    private volatile ServerCertificate current;
    private volatile boolean shown;

    ServedKey(ServerCertificate first) {
        this.current = first;
    }

    ServerCertificate current() {
        return current;
    }

    void replace(ServerCertificate next) {
        current = next;
    }

    /** Has handshakes succeed from now on. */
    void show() {
        shown = true;
    }

    /** Has handshakes fail from now on. */
    void hide() {
        shown = false;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        if (!shown || !ServerCertificate.ALIAS.equals(alias)) {
            return null;
        }
        ServerCertificate now = current;
        ASKED.set(now);
        return now.key();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        if (!ServerCertificate.ALIAS.equals(alias)) {
            return null;
        }
        ServerCertificate asked = ASKED.get();
        ASKED.remove();
        ServerCertificate certificate = asked == null ? current : asked;
        return certificate.chain().stream()
                .map((Certificate link) -> (X509Certificate) link)
                .toArray(X509Certificate[]::new);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ServerCertificate.ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ServerCertificate.ALIAS;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ServerCertificate.ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ServerCertificate.ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ServerCertificate.ALIAS};
    }
}
