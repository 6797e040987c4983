package peerserver.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import peerserver.launch.PeerServerProcess;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;
import peerserver.wire.WireCodec;

/** A real server with a small heap and few places: what leaks is soon missing. */
class WireFuzzIT {

    private static final String OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m"
            + " -Dpeerserver.workers.threads=3 -Dpeerserver.workers.queue=3"
            + " -Dpeerserver.basis.wait-ms=20 -Dpeerserver.request.timeout-ms=3000";
    private static final Pattern ALARM = Pattern.compile("Incident|OutOfMemory|SEVERE");
    /** Payara (seen: 6.2025.10) fails on the path {@code /../} before any application sees it, and answers 200 without a body. */
    private static final String PAYARAS_OWN =
            "SEVERE jakarta.enterprise.web.core: An exception or error occurred in the container during the request"
                    + " processing: java.lang.ArrayIndexOutOfBoundsException: Index 6";

    private static final Set<Integer> STATUSES =
            Set.of(200, 400, 403, 404, 405, 409, 411, 413, 414, 417, 431, 501, 503, 504, 505);
    private static final Pattern INSIDE =
            Pattern.compile("\\bat [\\w.$]+\\([\\w .]+(:\\d+)?\\)|Exception in |peerserver\\.|\\.java:\\d");
    private static final Keyword CATEGORY = Keyword.intern("cognitect.anomalies/category");
    private static final Keyword MESSAGE = Keyword.intern("cognitect.anomalies/message");

    private static @Nullable PeerServerProcess server;
    private static Wire wire = new Wire(0, "", "");
    private static Corpus corpus = new Corpus(List.of(), List.of());

    @BeforeAll
    static void start() {
        PeerServerProcess started = PeerServerProcess.start(
                Map.of("JAVA_OPTS", OPTIONS),
                List.of(
                        "-a",
                        "reader,secret",
                        "-a",
                        "other,secret2",
                        "-d",
                        "hello,datomic:mem://hello",
                        "-d",
                        "scratch,datomic:mem://scratch"));
        server = started;
        wire = new Wire(started.port(), "reader", "secret");
        for (String database : List.of("hello", "scratch")) {
            for (String transaction : Corpus.TRANSACTIONS) {
                answer(wire, "{:op :transact :db-name '" + database + "' :tx-data " + transaction + "}");
            }
        }
        Wire other = new Wire(started.port(), "other", "secret2");
        corpus = Corpus.of(
                Map.of("hello", id("hello"), "scratch", id("scratch")),
                (Long) Objects.requireNonNull(
                        answer(wire, "{:op :status :db-name 'hello'}").get(Keys.T)),
                token(wire, "{:op :with-db :db-name 'hello'}"),
                token(wire, "{:op :datoms :db-name 'hello' :index :eavt :chunk 2}"),
                List.of(
                        token(other, "{:op :with-db :db-name 'hello'}"),
                        token(other, "{:op :datoms :db-name 'hello' :index :eavt :chunk 2}")));
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(server).stop();
    }

    private static String id(String database) {
        return (String)
                Objects.requireNonNull(answer(wire, "{:op :datomic.catalog/resolve-db :db-name '" + database + "'}")
                        .get(Keys.DATABASE_ID));
    }

    private static String token(Wire from, String request) {
        return (String) Objects.requireNonNull(answer(from, request).get(Keys.NEXT_TOKEN));
    }

    private static Map<?, ?> answer(Wire from, String edn) {
        Wire.Reply reply = from.post(Input.of(EdnCodec.INSTANCE, edn), "application/edn");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return (Map<?, ?>) EdnCodec.readString(utf8(reply.body()));
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(ISO_8859_1), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Were as many places lost as there are, nothing would be answered; and the log has nothing to look into. */
    @AfterEach
    void theServerIsAsBefore() {
        answer(wire, "{:op :db-stats :db-name 'hello'}");
        assertThat(alarm()).isNull();
    }

    /** The line of the server's log that somebody would have to look into, if there is one. */
    private static @Nullable String alarm() {
        return Objects.requireNonNull(server)
                .output()
                .lines()
                .filter(line -> ALARM.matcher(line).find() && !line.contains(PAYARAS_OWN))
                .findFirst()
                .orElse(null);
    }

    @Test
    void damagedRequestsAreAnsweredOrRefusedInTheFormatThatWasAskedFor() {
        Lane.run("wire-bodies", 400, this::body);
    }

    private @Nullable String body(SplittableRandom random, int number, Consumer<Object> note) {
        Input input = Input.of(random, corpus);
        WireCodec accepted = Input.CODECS.get(random.nextInt(Input.CODECS.size()));
        note.accept(input + " accepting " + accepted.mediaType());
        Wire.Reply reply = wire.post(input, accepted.mediaType());
        if (!reply.contentType().equals(accepted.mediaType())) {
            return "answered in another format: " + reply.head();
        }
        Object value = accepted.decode(reply.body().getBytes(ISO_8859_1));
        return value instanceof Map<?, ?> map ? verdict(reply, map) : "no map: " + value;
    }

    private static @Nullable String verdict(Wire.Reply reply, Map<?, ?> map) {
        Object category = map.get(CATEGORY);
        if (reply.status() == 200) {
            return category == null ? null : "an anomaly as a success: " + map;
        }
        for (Category known : Category.values()) {
            if (known.keyword().equals(category)) {
                boolean apt = known.httpStatus() == reply.status()
                        && known != Category.FAULT
                        && known != Category.BUSY
                        && map.get(MESSAGE) instanceof String message
                        && !message.isBlank()
                        && !INSIDE.matcher(map.toString()).find();
                return apt ? null : "not what to tell a caller: " + reply.status() + " " + map;
            }
        }
        return "no anomaly: " + reply.status() + " " + map;
    }

    @Test
    void whatIsWrongAsHttpIsRefusedOrTheConnectionClosed() {
        Lane.run("wire-http", 300, this::http);
    }

    private @Nullable String http(SplittableRandom random, int number, Consumer<Object> note) {
        byte[] bytes = HostileHttp.of(random, wire, Input.of(random, corpus));
        note.accept(HexFormat.of().formatHex(bytes) + "\n" + new String(bytes, ISO_8859_1));
        if (random.nextInt(50) == 0) {
            wire.plain(bytes);
            return null;
        }
        Wire.Reply reply = wire.exchange(bytes, true);
        String alarm = alarm();
        if (alarm != null) {
            return "logged " + alarm;
        }
        if (reply == null) {
            return null;
        }
        if (!STATUSES.contains(reply.status()) || INSIDE.matcher(reply.body()).find()) {
            return "answered with " + reply;
        }
        return null;
    }

    @Test
    void aBodyThatIsShorterThanItsLengthIsRefusedWithoutABody() {
        byte[] body = "{:op :datomic.catalog/list-dbs}".getBytes(ISO_8859_1);
        Map<String, String> headers = wire.headers("POST", "/", "application/edn", "application/edn", body);
        headers.put("content-length", "100");

        Wire.Reply reply = wire.exchange(Wire.http("POST / HTTP/1.1", headers, body), true);

        assertThat(reply == null || (reply.status() == 400 && reply.body().isEmpty()))
                .as("%s", reply)
                .isTrue();
    }

    @Test
    void aBodyThatIsDeclaredTooLargeIs413WithoutABody() {
        Map<String, String> headers = wire.headers("POST", "/", "application/edn", "application/edn", new byte[0]);
        headers.put("content-length", Integer.toString((64 << 20) + 1));

        Wire.Reply reply = wire.exchange(Wire.http("POST / HTTP/1.1", headers, new byte[0]), false);

        assertThat(Objects.requireNonNull(reply).status()).isEqualTo(413);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void everyVerbButPostIs405WhenSignedAnd403WhenNot() {
        List<String> answers = new ArrayList<>();
        for (String verb : List.of("PUT", "DELETE", "PATCH")) {
            Map<String, String> headers = wire.headers(verb, "/", "application/edn", "application/edn", new byte[0]);
            answers.add(verb + " " + status(verb, headers));
            headers.remove("authorization");
            headers.remove("x-cognitect-auth");
            answers.add(verb + " " + status(verb, headers));
        }

        assertThat(answers).containsExactly("PUT 405", "PUT 403", "DELETE 405", "DELETE 403", "PATCH 405", "PATCH 403");
    }

    private static int status(String verb, Map<String, String> headers) {
        return Objects.requireNonNull(wire.exchange(Wire.http(verb + " / HTTP/1.1", headers, new byte[0]), false))
                .status();
    }
}
