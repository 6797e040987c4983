package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import peerserver.launch.PeerServerProcess;

/** Guesses at secrets, which are answered ever later, and nobody else. */
class RefusalsIT {

    private static final List<AccessKey> KEYS =
            List.of(new AccessKey("guessed-at", "right-secret"), new AccessKey("left-alone", "other-secret"));

    private static final Object LIST = Clj.edn("{:op :datomic.catalog/list-dbs}");

    /** How many failures are answered at once, by default. */
    private static final int FREE = 10;

    /** More than the server has threads. */
    private static final int CROWD = 100;

    /** One of its own: others would be slowed, too, who guess at the same keys. */
    private static PeerServerProcess server;

    private static Target target;

    @BeforeAll
    static void start() {
        server = PeerServerProcess.start(
                Map.of("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpeerserver.refusals.max-delay-ms=4000"),
                List.of(
                        "-a",
                        "guessed-at,right-secret",
                        "-a",
                        "left-alone,other-secret",
                        "-d",
                        "hello,datomic:mem://hello"));
        target = new Target(server.port(), KEYS, TestedEngine.PEER_LIBRARY);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static SignedRequests.Signed signed(SignedRequests by) {
        return by.sign(Format.MSGPACK.mediaType(), Format.MSGPACK.encode(LIST));
    }

    private static SignedRequests guessing(String key) {
        return new SignedRequests(target, new AccessKey(key, "guessed-secret"));
    }

    private static void assertForbidden(SignedRequests.Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
    }

    private static void wearOut(SignedRequests guessing) {
        for (int i = 0; i < FREE; i++) {
            assertForbidden(guessing.post(signed(guessing)));
        }
    }

    @Test
    void theAnswerToAGuessTooManyIsHeldBack() {
        for (String key :
                List.of("unknown-" + UUID.randomUUID(), target.keys().get(1).key())) {
            SignedRequests guessing = guessing(key);
            wearOut(guessing);

            long start = System.nanoTime();
            assertForbidden(guessing.post(signed(guessing)));
            assertForbidden(guessing.post(signed(guessing)));
            assertThat(System.nanoTime() - start).isGreaterThan(700_000_000L);
        }
    }

    @Test
    void whereverItIsSent() {
        for (String path : List.of("/health", "/api/databases", "/nothing-here")) {
            SignedRequests guessing = guessing("unknown-" + UUID.randomUUID());
            wearOut(guessing);

            long start = System.nanoTime();
            assertForbidden(guessing.get(path));
            assertForbidden(guessing.get(path));
            assertThat(System.nanoTime() - start).as(path).isGreaterThan(700_000_000L);
        }
    }

    /** Also those who come from the same address with the same key, or with another one. */
    @Test
    void whoSignsRightlyIsServedWhileManyGuessesWait() {
        SignedRequests guessing = guessing(target.keys().get(0).key());
        List<CompletableFuture<SignedRequests.Answer>> waiting = IntStream.range(0, CROWD)
                .mapToObj(i -> guessing.postAsync(signed(guessing)))
                .toList();
        for (int i = 0; i < 20; i++) {
            for (AccessKey key : target.keys()) {
                assertThat(new SignedRequests(target, key).send(LIST).success()).isNotNull();
            }
        }

        assertThat(waiting).anyMatch(answer -> !answer.isDone());
        waiting.stream().map(CompletableFuture::join).forEach(RefusalsIT::assertForbidden);
    }

    /** A proxy that is not configured says nothing: its header makes nobody another. */
    @Test
    void aForwardedAddressThatNobodyVouchesForCountsNothing() {
        SignedRequests guessing = guessing("unknown-" + UUID.randomUUID());
        wearOut(guessing);

        long start = System.nanoTime();
        Stream.of("192.0.2.1", "192.0.2.2")
                .map(address -> guessing.post(signed(guessing).withHeader("x-forwarded-for", address)))
                .forEach(RefusalsIT::assertForbidden);
        assertThat(System.nanoTime() - start).isGreaterThan(700_000_000L);
    }
}
