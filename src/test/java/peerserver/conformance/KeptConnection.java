package peerserver.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;

/** A connection by TLS that stays open, for requests that were prepared: it costs next to nothing to send one. */
final class KeptConnection implements AutoCloseable {

    private static final SSLSocketFactory SOCKETS = PinnedTrust.sslContext().getSocketFactory();
    private static final String LENGTH = "content-length:";

    /** A guard against an answer that never comes. */
    private static final int PATIENCE_MS = 100_000;

    private final Target target;
    private final InetAddress from;
    private Socket socket;
    private InputStream in;
    private boolean ends;

    KeptConnection(Target target) throws IOException {
        this(target, "127.0.0.1");
    }

    /** One that comes from another address of loopback. */
    KeptConnection(Target target, String from) throws IOException {
        this.target = target;
        this.from = InetAddress.getByName(from);
        this.socket = connected();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    private Socket connected() throws IOException {
        Socket socket = SOCKETS.createSocket("localhost", target.port(), from, 0);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** The bytes of a signed request. */
    static byte[] bytes(SignedRequests.Signed signed) {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        signed.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(signed.body().length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(signed.body());
        return bytes.toByteArray();
    }

    /**
     * Sends a request and gives the status of its answer, which is read to its end. Where that ends the connection, there is
     * a new one for the next.
     */
    int exchange(byte[] request) throws IOException {
        if (ends) {
            close();
            socket = connected();
            in = new BufferedInputStream(socket.getInputStream());
            ends = false;
        }
        send(request);
        return status();
    }

    private int status() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            ends |= lower.equals("connection: close");
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    /** Sends bytes, which may be a part of a request. */
    void send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed by the server");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Does not wait until the server has closed it, too. */
    @Override
    public void close() throws IOException {
        socket.setSoTimeout(1);
        socket.close();
    }
}
