package peerserver.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.PinnedTrust;

/** Bytes to a server on localhost and back: HTTP written by hand, signed by the client's own signer. */
final class Wire {

    /** A guard against an answer that never comes. */
    private static final int PATIENCE_MS = 60_000;

    private static final SSLSocketFactory TLS = PinnedTrust.sslContext().getSocketFactory();
    private static final IFn SIGN = sign();

    private final int port;
    private final String accessKey;
    private final String secret;

    Wire(int port, String accessKey, String secret) {
        this.port = port;
        this.accessKey = accessKey;
        this.secret = secret;
    }

    private static IFn sign() {
        Clojure.var("clojure.core", "require").invoke(Clojure.read("cognitect.hmac-authn"));
        return Clojure.var("cognitect.hmac-authn", "sign");
    }

    /** The headers of a signed request, with its length. */
    Map<String, String> headers(String method, String path, String contentType, String accept, byte[] body) {
        String host = "localhost:" + port;
        Object request = PersistentHashMap.create(Map.of(
                key("request-method"), key(method.toLowerCase(java.util.Locale.ROOT)),
                key("uri"), path,
                key("body"), ByteBuffer.wrap(body),
                key("headers"), PersistentHashMap.create(Map.of("host", host, "content-type", contentType))));
        Object params = PersistentHashMap.create(Map.of(
                key("access-key-id"),
                accessKey,
                key("secret"),
                secret,
                key("service"),
                "peer-server",
                key("region"),
                "none"));
        Map<String, String> headers = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) SIGN.invoke(request, params)).get(key("headers"))))
                .forEach((name, value) -> headers.put((String) name, (String) value));
        headers.put("accept", accept);
        headers.put("connection", "close");
        headers.put("content-length", Integer.toString(body.length));
        return headers;
    }

    private static Keyword key(String name) {
        return Keyword.intern(name);
    }

    /** A request as it goes over the wire. */
    static byte[] http(String requestLine, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(requestLine).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Sends a signed POST. */
    Reply post(Input input, String accept) {
        Map<String, String> headers = headers("POST", "/", input.codec().mediaType(), accept, input.body());
        return Objects.requireNonNull(exchange(http("POST / HTTP/1.1", headers, input.body()), false));
    }

    /**
     * Sends bytes over TLS and reads one answer.
     *
     * @param ends whether to say that nothing more will come
     * @return null when the connection was closed without an answer
     */
    @Nullable Reply exchange(byte[] bytes, boolean ends) {
        try (SSLSocket socket = (SSLSocket) TLS.createSocket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(bytes);
                if (ends) {
                    socket.shutdownOutput();
                }
            } catch (SSLException | SocketException e) {
                // Closed while it was told: an answer may have come nevertheless.
            }
            return Reply.read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes without TLS and waits until the connection is closed. */
    void plain(byte[] bytes) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // An alert of TLS, perhaps.
            }
        } catch (SocketException e) {
            // Reset: also an answer.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer over HTTP, its head and its body as text, one character a byte. */
    record Reply(int status, String head, String body) {

        private static @Nullable Reply read(InputStream in) throws IOException {
            StringBuilder text = new StringBuilder();
            try {
                for (int next = in.read(); next >= 0 && !complete(text); next = in.read()) {
                    text.append((char) next);
                    if (complete(text)) {
                        break;
                    }
                }
            } catch (SocketTimeoutException e) {
                throw new IOException("neither answered nor closed; so far: " + text, e);
            } catch (SSLException | SocketException e) {
                // Closed; what came before counts.
            }
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return null;
            }
            String head = text.substring(0, end);
            return new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, text.substring(end + 4));
        }

        private static boolean complete(StringBuilder text) {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            String length = header(text.substring(0, end), "content-length");
            return !length.isEmpty() && text.length() - end - 4 >= Integer.parseInt(length);
        }

        private static String header(String head, String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String contentType() {
            return header(head, "content-type");
        }
    }
}
