package peerserver.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import peerserver.LoopbackServer;

/**
 * Stands between a client and the server: passes every request on, notes it, and lets the test decide what becomes of the
 * answer. It shows the certificate that every client trusts.
 */
public final class Intermediary implements AutoCloseable {

    private static final SSLSocketFactory TO_SERVER = PinnedTrust.sslContext().getSocketFactory();

    private final int serverPort;
    private final Answering answering;
    private final LoopbackServer server;
    private final List<String> operations = new CopyOnWriteArrayList<>();

    /** What becomes of an answer. */
    public interface Answering {

        /**
         * What the client is told.
         *
         * @param operation the name of the request's operation, such as {@code transact}
         * @param time how many requests of that operation there were, this one included
         * @param answer what the server answered
         * @return the bytes to send, or none to close the connection without an answer
         */
        byte[] to(String operation, long time, byte[] answer) throws Exception;
    }

    private Intermediary(int serverPort, Answering answering) throws IOException, GeneralSecurityException {
        this.serverPort = serverPort;
        this.answering = answering;
        server = new LoopbackServer(
                sslContext().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** Begins to stand before a server on localhost. */
    public static Intermediary before(int serverPort, Answering answering) {
        try {
            Intermediary intermediary = new Intermediary(serverPort, answering);
            intermediary.server.serve(intermediary::serve);
            return intermediary;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer without a body. */
    public static byte[] status(String statusAndReason) {
        return ("HTTP/1.1 " + statusAndReason + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static SSLContext sslContext() throws IOException, GeneralSecurityException {
        char[] password = "transactor".toCharArray();
        KeyStore keys = KeyStore.getInstance("JKS");
        try (InputStream in = Intermediary.class.getResourceAsStream("/datomic/transactor-key.jks")) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    public String endpoint() {
        return "localhost:" + server.port();
    }

    /** How many requests of an operation there were. */
    public long count(String operation) {
        return operations.stream().filter(operation::equals).count();
    }

    private void serve(Socket client) {
        try (client;
                Socket onward = TO_SERVER.createSocket("localhost", serverPort)) {
            InputStream requests = new BufferedInputStream(client.getInputStream());
            InputStream answers = new BufferedInputStream(onward.getInputStream());
            for (byte[] request = message(requests); request.length > 0; request = message(requests)) {
                String operation = operation(request);
                operations.add(operation);
                onward.getOutputStream().write(request);
                byte[] answer = answering.to(operation, count(operation), message(answers));
                if (answer.length == 0) {
                    return;
                }
                client.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            // Whoever closed the connection knows why.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole HTTP message; none at the end. */
    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            message.write(next);
            if (next == '\n') {
                head = message.toString(StandardCharsets.ISO_8859_1);
            }
        }
        message.writeBytes(in.readNBytes(Integer.parseInt(header(head, "content-length"))));
        return message.toByteArray();
    }

    private static String operation(byte[] request) {
        String named = header(new String(request, StandardCharsets.ISO_8859_1), "x-nano-op");
        return named.substring(named.indexOf('/') + 1);
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
