package peerserver.launch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks the server how it is, as a client would. Trusts the certificate that the server has, whatever its name and its
 * dates, and shows the same where clients need one.
 *
 * @param url an https URL
 */
record Probe(URL url, SSLSocketFactory sockets) {

    /** What {@link #status} gives when nobody answers. */
    static final int NO_ANSWER = 0;

    private static final int TIMEOUT_MS = 5_000;

    /** A probe of {@code url} that talks to the holder of that key only. */
    static Probe of(URL url, ServedKey key) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {key}, new TrustManager[] {new TrustOne(key)}, null);
        return new Probe(url, context.getSocketFactory());
    }

    /** The HTTP status of a GET, or {@link #NO_ANSWER}. */
    int status() {
        try {
            HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setSSLSocketFactory(sockets);
            connection.setHostnameVerifier((host, session) -> true);
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return NO_ANSWER;
        }
    }

    /** Whether that status says that all is well. */
    static boolean well(int status) {
        return status == HttpURLConnection.HTTP_OK;
    }

    /** Whether that status is none that an application which works gives. */
    static boolean broken(int status) {
        return !well(status) && status != NO_ANSWER && status != HttpURLConnection.HTTP_UNAVAILABLE;
    }

    private static final class TrustOne extends X509ExtendedTrustManager {

        private final ServedKey trusted;

        TrustOne(ServedKey trusted) {
            this.trusted = trusted;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(trusted.current().leaf())) {
                throw new CertificateException("not the certificate of this server");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
