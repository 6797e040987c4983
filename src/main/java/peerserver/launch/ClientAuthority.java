package peerserver.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts clients whose certificate one of the operator's authorities has signed, and the holder of the server's own key,
 * which is how the launcher looks after its server.
 */
final class ClientAuthority extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager authorities;
    private final ServedKey served;

    private ClientAuthority(X509ExtendedTrustManager authorities, ServedKey served) {
        this.authorities = authorities;
        this.served = served;
    }

    /** The certificates of authorities in a PEM file. */
    static ClientAuthority ofPem(Path file, ServedKey served) throws Refusal {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw Refusal.ofMachine("there is no certificate in " + file);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new ClientAuthority((X509ExtendedTrustManager) factory.getTrustManagers()[0], served);
        } catch (IOException | GeneralSecurityException e) {
            throw Refusal.ofMachine("cannot read certificates in PEM from " + file);
        }
    }

    private boolean isServer(X509Certificate[] chain) {
        return chain.length > 0 && chain[0].equals(served.current().leaf());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (!isServer(chain)) {
            authorities.checkClientTrusted(chain, authType);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        if (!isServer(chain)) {
            authorities.checkClientTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        if (!isServer(chain)) {
            authorities.checkClientTrusted(chain, authType, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
