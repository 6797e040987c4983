package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.IFn;
import clojure.lang.PersistentHashMap;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests below the client's API: the bodies are the test's own, the signature and the codec are the client's. */
final class SignedRequests {

    private static final IFn SIGN = Clj.fn("cognitect.hmac-authn", "sign");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(PinnedTrust.sslContext())
            .build();

    private final Target target;
    private final AccessKey accessKey;

    SignedRequests(Target target, AccessKey accessKey) {
        this.target = target;
        this.accessKey = accessKey;
    }

    /** Sends a request as the JVM client would. */
    Answer send(Object request) {
        return send(Format.MSGPACK, request);
    }

    Answer send(Format format, Object request) {
        return post(sign(format.mediaType(), format.encode(request)));
    }

    /** A signed request that is not sent yet. */
    Signed sign(String contentType, byte[] body) {
        return signFor(target.endpoint(), contentType, body);
    }

    /** As {@link #sign}, for a host that is not the one that the request will reach. */
    Signed signFor(String host, String contentType, byte[] body) {
        return sign("post", "/", host, contentType, body);
    }

    private Signed sign(String method, String path, String host, String contentType, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("host", host);
        headers.put("content-type", contentType);
        headers.put("accept", contentType);
        Object request = Clj.mapOf(
                "headers", PersistentHashMap.create(headers),
                "uri", path,
                "request-method", Clj.keyword(method),
                "body", ByteBuffer.wrap(body));
        Object params = Clj.mapOf(
                "access-key-id",
                accessKey.key(),
                "secret",
                accessKey.secret(),
                "service",
                "peer-server",
                "region",
                "none");
        Object signed = Clj.get(SIGN.invoke(request, params), "headers");
        Map<String, String> signedHeaders = new HashMap<>();
        ((Map<?, ?>) signed).forEach((name, value) -> signedHeaders.put((String) name, (String) value));
        return new Signed(signedHeaders, body);
    }

    Answer post(Signed signed) {
        return send(
                HttpRequest.newBuilder(address(target, "/")).POST(BodyPublishers.ofByteArray(signed.body())), signed);
    }

    /** The same without waiting for the answer. */
    CompletableFuture<Answer> postAsync(Signed signed) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(target, "/")).POST(BodyPublishers.ofByteArray(signed.body()));
        return HTTP.sendAsync(with(signed, request), BodyHandlers.ofByteArray()).thenApply(Answer::of);
    }

    /** A signed GET. */
    Answer get(String path) {
        return send(
                HttpRequest.newBuilder(address(target, path)).GET(),
                sign("get", path, target.endpoint(), "application/json", new byte[0]));
    }

    /** A signed request without a body. */
    Answer call(String method, String path) {
        return send(
                HttpRequest.newBuilder(address(target, path)).method(method, BodyPublishers.noBody()),
                sign(method.toLowerCase(Locale.ROOT), path, target.endpoint(), "application/json", new byte[0]));
    }

    private static Answer send(HttpRequest.Builder request, Signed signed) {
        return exchange(with(signed, request));
    }

    private static HttpRequest with(Signed signed, HttpRequest.Builder request) {
        request.timeout(Duration.ofSeconds(60));
        signed.headers().forEach((name, value) -> {
            if (!"host".equals(name)) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    /** An unsigned GET. */
    static Answer get(Target target, String path) {
        return exchange(HttpRequest.newBuilder(address(target, path))
                .timeout(Duration.ofSeconds(60))
                .GET()
                .build());
    }

    private static URI address(Target target, String path) {
        return URI.create("https://" + target.endpoint() + path);
    }

    private static Answer exchange(HttpRequest request) {
        try {
            return Answer.of(HTTP.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Headers and body of a request, ready to send or to spoil. */
    static final class Signed {

        private final Map<String, String> headers;
        private final byte[] body;

        private Signed(Map<String, String> headers, byte[] body) {
            this.headers = headers;
            this.body = body;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        Signed withBody(byte[] other) {
            return new Signed(headers, other);
        }

        Signed withHeader(String name, String value) {
            Map<String, String> changed = new HashMap<>(headers);
            changed.put(name, value);
            return new Signed(changed, body);
        }

        Signed without(String name) {
            Map<String, String> changed = new HashMap<>(headers);
            changed.remove(name);
            return new Signed(changed, body);
        }
    }

    /** What came back over HTTP. */
    static final class Answer {

        private final int status;
        private final HttpHeaders headers;
        private final String contentType;
        private final byte[] body;

        private static Answer of(HttpResponse<byte[]> response) {
            return new Answer(response.statusCode(), response.headers(), response.body());
        }

        private Answer(int status, HttpHeaders headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.contentType = headers.firstValue("content-type").orElse("");
            this.body = body;
        }

        int status() {
            return status;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The body of an answer in JSON. */
        JsonValue json() {
            assertThat(contentType).startsWith("application/json");
            try (JsonReader reader = Json.createReader(new StringReader(text()))) {
                return reader.readValue();
            }
        }

        /** A header; empty when there is none. */
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String contentType() {
            return contentType;
        }

        byte[] body() {
            return body;
        }

        /** The body, in the format that its content type names; the type is compared as the client compares it. */
        Object value() {
            for (Format format : Format.values()) {
                if (format.mediaType().equals(contentType)) {
                    return format.decode(body);
                }
            }
            throw new AssertionError("the client reads no " + contentType + ", status " + status);
        }

        /** A value that is no anomaly. */
        Object success() {
            Object value = value();
            assertThat(Clj.get(value, "cognitect.anomalies/category"))
                    .as("%s", value)
                    .isNull();
            assertThat(status).isEqualTo(200);
            return value;
        }

        /** The anomaly in the body; the HTTP status must be one of failure. */
        Failure failure() {
            assertThat(status).isGreaterThanOrEqualTo(400);
            return new Failure(value());
        }
    }
}
