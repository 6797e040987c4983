package peerserver.launch;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A connection to a server on loopback by TLS, of its own session, that takes any certificate and shows what was agreed. */
final class TlsClient implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");
    private static final int TIMEOUT_MS = 30_000;

    private final SSLSocket socket;

    private TlsClient(SSLSocket socket) {
        this.socket = socket;
    }

    /** Offers what a JDK offers. */
    static TlsClient of(PeerServerProcess server) throws IOException, GeneralSecurityException {
        return of(server, Optional.empty());
    }

    /** The same, showing the key of a client. */
    static TlsClient of(PeerServerProcess server, Optional<TestKeystore> shown)
            throws IOException, GeneralSecurityException {
        TlsClient client = new TlsClient(connected(server, shown));
        client.socket.startHandshake();
        return client;
    }

    /** Offers one protocol and, where one is given, one cipher suite only. */
    static TlsClient of(PeerServerProcess server, String protocol, @Nullable String suite)
            throws IOException, GeneralSecurityException {
        TlsClient client = new TlsClient(connected(server, Optional.empty()));
        client.socket.setEnabledProtocols(new String[] {protocol});
        if (suite != null) {
            client.socket.setEnabledCipherSuites(new String[] {suite});
        }
        client.socket.startHandshake();
        return client;
    }

    /** What the server shows in a new handshake. */
    static X509Certificate shownBy(PeerServerProcess server) throws IOException, GeneralSecurityException {
        try (TlsClient client = of(server)) {
            return client.certificate();
        }
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    String protocol() {
        return socket.getSession().getProtocol();
    }

    String suite() {
        return socket.getSession().getCipherSuite();
    }

    /** Sends a request by HTTP/1.1 and reads its answer, head and body, leaving the connection open. */
    String ask(String requestLine) throws IOException {
        socket.getOutputStream()
                .write((requestLine + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("ended after: " + head.toString(StandardCharsets.US_ASCII));
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        Matcher length = LENGTH.matcher(text);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return text + new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLSocket connected(PeerServerProcess server, Optional<TestKeystore> shown)
            throws IOException, GeneralSecurityException {
        KeyManager[] keys = new KeyManager[0];
        if (shown.isPresent()) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(shown.get().store(), TestKeystore.PASSWORD.toCharArray());
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new TrustAll()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port());
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
