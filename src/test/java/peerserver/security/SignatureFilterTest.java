package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.CapturedLog;
import peerserver.audit.AuditLog;
import peerserver.config.AuditConfig;
import peerserver.config.RefusalConfig;
import peerserver.config.SecurityConfig;

class SignatureFilterTest {

    private static final int MAX = 20_000;
    private static final Duration DISPATCH = Duration.ofMinutes(1);

    /** One failure is answered at once, and the next one in a minute. */
    private static final RefusalConfig REFUSALS = new RefusalConfig(1, 60_000, 60_000, 60_000, 10, 1, List.of());

    private final Path directory;
    private SignatureFilter filter;

    SignatureFilterTest(@TempDir Path directory) {
        this.directory = directory;
        this.filter = filter(Duration.ofMinutes(1), 10);
    }

    private SignatureFilter filter(Duration bodyTimeout, int bodiesAtOnce) {
        return filter(new SecurityConfig(
                Duration.ofMinutes(5), MAX, bodyTimeout, DISPATCH, MAX + MAX / 2, bodiesAtOnce, bodiesAtOnce, false));
    }

    private SignatureFilter filter(SecurityConfig config) {
        Path file = TestKeys.file(directory, "[{\"key\": \"key\", \"secrets\": [{\"secret\": \"secret\"}]}]");
        AccessKeys keys = TestKeys.of(Clock.systemUTC(), file);
        AccessKeyIdentityStore store = new AccessKeyIdentityStore(keys);
        return new SignatureFilter(
                config,
                Clock.systemUTC(),
                store::validate,
                keys,
                new ClientAddresses(REFUSALS),
                refusedRequests(),
                SignatureFilterTest::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static RefusedRequests refusedRequests() {
        return new RefusedRequests(
                new Refusals(REFUSALS, Clock.systemUTC(), Thread::new),
                new ClientAddresses(REFUSALS),
                new AuditLog(new AuditConfig(AuditConfig.Format.JSON), Clock.systemUTC()));
    }

    @Test
    void holdsTheAnswerToOneGuessTooManyBackAndSaysSoInTheAudit() throws Exception {
        try (CapturedLog audit = CapturedLog.of(AuditLog.CATEGORY)) {
            assertRefused(signed("wrong", new byte[0]), 403);
            FakeExchange second = signed("wrong", new byte[0]);
            filter(second);

            assertThat(second.passedOn).isNull();
            assertThat(second.answerLength).isEqualTo(-1);
            assertThat(second.completed).isFalse();
            assertThat(audit.lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                    .contains("\"key\":\"key\"", "\"address\":\"127.0.0.1\"", "\"outcome\":\"403\""));
        }
        passed(signed("secret", new byte[0]));
    }

    @Test
    void passesOnWhoSignedAndTheBody() throws Exception {
        FakeExchange exchange = signed("secret", "some body".getBytes(UTF_8));

        SignedRequest passedOn = passed(exchange);

        assertThat(SignedRequest.of(exchange.request)).containsSame(passedOn);
        assertThat(passedOn.caller().name()).isEqualTo("key");
        assertThat(passedOn.getUserPrincipal().getName()).isEqualTo("key");
        assertThat(passedOn.getRemoteUser()).isEqualTo("key");
        assertThat(passedOn.isUserInRole("client")).isTrue();
        assertThat(passedOn.isUserInRole("key")).isFalse();
        assertThat(passedOn.body()).asString(UTF_8).isEqualTo("some body");
        assertThat(passedOn.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("some body");
    }

    @Test
    void replaysTheBodyAsText() throws Exception {
        SignedRequest passedOn = passed(signed("secret", "s\u00f6me\nbody".getBytes(UTF_8)));

        assertThat(passedOn.getReader().lines()).containsExactly("s\u00f6me", "body");
    }

    @ParameterizedTest
    @CsvSource({"GET,/health", "HEAD,/health", "OPTIONS,/health", "GET,/health/ready"})
    void letsAnonymousReadersSeeTheHealth(String method, String path) throws Exception {
        FakeExchange exchange = new FakeExchange(method, path);
        filter(exchange);

        assertThat(exchange.passedOn).isSameAs(exchange.request);
        assertThat(SignedRequest.of(exchange.request)).isEmpty();
        assertThat(exchange.status).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/",
        "PUT,/health",
        "DELETE,/x",
        "POST,/api/q",
        "GET,/api",
        "GET,/api/databases",
        "get,/health",
        "GET,/",
        "OPTIONS,/",
        "GET,/healthy",
        "GET,/metrics",
        "GET,/metrics/base",
        "GET,/openapi"
    })
    void refusesOtherRequestsThatAreNotSigned(String method, String path) throws Exception {
        assertRefused(new FakeExchange(method, path), 403);
    }

    @ParameterizedTest
    @CsvSource({"GET,/metrics,200", "GET,/metrics/base,200", "POST,/metrics,403", "GET,/metricsx,403"})
    void letsAnonymousReadersSeeTheMetricsWhereOperatorsWantIt(String method, String path, int status)
            throws Exception {
        filter = filter(
                new SecurityConfig(Duration.ofMinutes(5), MAX, Duration.ofMinutes(1), DISPATCH, MAX, 10, 10, true));
        FakeExchange exchange = new FakeExchange(method, path);
        filter(exchange);

        assertThat(exchange.status).isEqualTo(status);
        assertThat(exchange.passedOn != null).isEqualTo(status == 200);
    }

    @Test
    void refusesAWrongSignatureEvenWhereNoneIsNeeded() throws Exception {
        FakeExchange signedForPost = new FakeExchange("GET", "/health");
        signedForPost.headers.putAll(ClientSigner.sign("key", "secret", "/health", null, new byte[0]));

        assertRefused(signedForPost, 403);
    }

    @Test
    void refusesWrongSecretsUnknownKeysAndTamperedBodiesAlike() throws Exception {
        FakeExchange wrongSecret = signed("wrong", new byte[] {1});
        FakeExchange unknownKey = new FakeExchange("POST", "/");
        unknownKey.headers.putAll(ClientSigner.sign("unknown", "secret", "/", null, new byte[0]));
        FakeExchange tampered = signed("secret", new byte[] {1});
        tampered.body = new byte[] {2};

        assertRefused(wrongSecret, 403);
        assertRefused(unknownKey, 403);
        assertRefused(tampered, 403);
    }

    @Test
    void doesNotReadTheBodyOfARequestThatIsNotSigned() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/");
        exchange.body = new byte[MAX];

        assertRefused(exchange, 403);
        assertThat(exchange.bytesRead).isZero();
    }

    @Test
    void refusesABodyThatIsDeclaredTooLargeWithoutReadingIt() throws Exception {
        FakeExchange exchange = signed("secret", new byte[MAX + 1]);

        assertRefused(exchange, 413);
        assertThat(exchange.bytesRead).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MAX})
    void takesBodiesUpToTheLimitAtOnceWhenTheyAreThere(int length) throws Exception {
        assertThat(passed(signed("secret", new byte[length])).body()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MAX})
    void readsABodyWithoutADeclaredLengthAsItComes(int length) throws Exception {
        FakeExchange exchange = arriving(new byte[length], -1);
        exchange.arrives(length);
        exchange.awaitEnd();

        assertThat(exchange.dispatched).isTrue();
        assertThat(passed(exchange).body()).hasSize(length);
    }

    @Test
    void aRequestThatTheContainerLosesIsBusyAndDoesNotComeLater() throws Exception {
        filter = filter(new SecurityConfig(
                Duration.ofMinutes(5), MAX, Duration.ofMinutes(1), Duration.ofMillis(50), MAX, 10, 10, false));
        FakeExchange exchange = arriving("some body".getBytes(UTF_8), 9);
        exchange.arrives(9);
        exchange.awaitCompletion();

        assertThat(exchange.dispatched).isTrue();
        assertThat(exchange.status).isEqualTo(429);
        for (int i = 0; i < 2; i++) {
            filter(exchange);
            assertThat(exchange.passedOn).isNull();
        }
    }

    @Test
    void doesNotWaitForABody() throws Exception {
        FakeExchange exchange = arriving("some body".getBytes(UTF_8), 9);
        exchange.arrives(5);

        assertThat(exchange.dispatched).isFalse();
        assertThat(exchange.passedOn).isNull();

        exchange.arrives(4);
        exchange.awaitEnd();

        assertThat(exchange.dispatched).isTrue();
        assertThat(passed(exchange).body()).asString(UTF_8).isEqualTo("some body");
    }

    @Test
    void checksTheSignatureOfABodyThatCameLate() throws Exception {
        FakeExchange exchange = arriving(new byte[10], 10);
        exchange.body = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        exchange.arrives(10);
        exchange.awaitEnd();

        filter(exchange);

        assertThat(exchange.passedOn).isNull();
        assertThat(exchange.status).isEqualTo(403);
    }

    @Test
    void readsNoFurtherThanTheLimitWhenNoLengthIsDeclared() throws Exception {
        FakeExchange exchange = arriving(new byte[10 * MAX], -1);
        exchange.arrives(10 * MAX);

        assertEndsWith(exchange, 413);
        assertThat(exchange.bytesRead).isLessThan(2 * MAX);
    }

    @Test
    void nothingStaysOfABodyThatThereIsNoMemoryFor() throws Exception {
        for (int i = 0; i < 3; i++) {
            FakeExchange exchange = arriving(new byte[MAX], MAX);
            exchange.arrives(MAX - 1);
            exchange.failsForWantOfMemory();
            assertEndsWith(exchange, 429);
        }

        FakeExchange following = arriving(new byte[MAX], MAX);
        following.arrives(MAX);
        following.awaitEnd();
        assertThat(following.dispatched).isTrue();
    }

    @Test
    void refusesABodyThatBreaksOff() throws Exception {
        FakeExchange shorter = arriving(new byte[10], 11);
        shorter.arrives(10);
        FakeExchange broken = arriving(new byte[10], 10);
        broken.arrives(3);
        broken.breaksOff();

        assertEndsWith(shorter, 400);
        assertEndsWith(broken, 400);
    }

    @Test
    void refusesABodyThatTakesTooLong() throws Exception {
        filter = filter(Duration.ofMillis(1), 10);
        FakeExchange exchange = arriving(new byte[10], 10);
        Thread.sleep(2);
        exchange.arrives(3);

        assertEndsWith(exchange, 408);
    }

    private FakeExchange allButOneByteRead() throws Exception {
        FakeExchange exchange = arriving(new byte[MAX], MAX);
        exchange.arrives(MAX - 1);
        while (exchange.bytesRead < MAX - 1) {
            Thread.onSpinWait();
        }
        return exchange;
    }

    @Test
    void refusesBodiesThatTogetherAreTooMuchUntilSomeHaveCome() throws Exception {
        FakeExchange first = allButOneByteRead();
        FakeExchange second = arriving(new byte[MAX], MAX);
        second.arrives(MAX - 1);
        assertEndsWith(second, 429);

        first.arrives(1);
        first.awaitEnd();
        FakeExchange third = arriving(new byte[MAX], MAX);
        third.arrives(MAX);
        third.awaitEnd();

        assertThat(first.dispatched).isTrue();
        assertThat(third.dispatched).isTrue();
    }

    @Test
    void refusesMoreBodiesAtOnceThanAreRead() throws Exception {
        filter = filter(Duration.ofMinutes(1), 1);
        FakeExchange first = arriving(new byte[10], 10);
        FakeExchange second = arriving(new byte[10], 10);

        assertEndsWith(second, 429);
        first.arrives(10);
        first.awaitEnd();
        assertThat(first.dispatched).isTrue();
    }

    @Test
    void refusesMoreBodiesOfOneAddressThanItMayHaveAndTakesThoseOfOthers() throws Exception {
        filter = filter(
                new SecurityConfig(Duration.ofMinutes(5), MAX, Duration.ofMinutes(1), DISPATCH, 4 * MAX, 10, 2, false));
        FakeExchange first = arriving(new byte[10], 10);
        FakeExchange second = arriving(new byte[10], 10);
        assertEndsWith(arriving(new byte[10], 10), 429);
        FakeExchange ofAnother = arriving("192.0.2.7", new byte[10], 10);
        ofAnother.arrives(10);
        ofAnother.awaitEnd();
        assertThat(ofAnother.dispatched).isTrue();

        first.arrives(10);
        first.awaitEnd();
        FakeExchange third = arriving(new byte[10], 10);
        third.breaksOff();
        assertEndsWith(third, 400);
        FakeExchange fourth = arriving(new byte[10], 10);
        second.arrives(10);
        fourth.arrives(10);
        second.awaitEnd();
        fourth.awaitEnd();
        assertThat(second.dispatched && fourth.dispatched).isTrue();
    }

    @Test
    void leavesHalfOfTheRoomForBodiesToOtherAddresses() throws Exception {
        filter = filter(new SecurityConfig(
                Duration.ofMinutes(5), MAX, Duration.ofMinutes(1), DISPATCH, 4 * MAX, 10, 10, false));
        for (int i = 0; i < 2; i++) {
            allButOneByteRead();
        }
        FakeExchange tooMuch = arriving(new byte[MAX], MAX);
        tooMuch.arrives(MAX - 1);
        assertEndsWith(tooMuch, 429);

        FakeExchange ofAnother = arriving("2001:db8::1", new byte[MAX], MAX);
        ofAnother.arrives(MAX);
        ofAnother.awaitEnd();
        assertThat(ofAnother.dispatched).isTrue();
    }

    @Test
    void takesTheCopiesOfHeadersThatAProxyRewrote() throws Exception {
        FakeExchange exchange = signed("secret", new byte[] {1});
        exchange.headers.remove("authorization");
        exchange.headers.put("host", List.of("proxy.internal"));

        assertThat(exchange.headers).containsKeys("x-cognitect-auth", "x-cognitect-host");
        assertThat(passed(exchange).caller().name()).isEqualTo("key");
    }

    @Test
    void prefersAuthorizationToItsCopy() throws Exception {
        FakeExchange exchange = signed("secret", new byte[] {1});
        exchange.headers.put("authorization", List.of("Basic abc"));

        assertRefused(exchange, 403);
    }

    @Test
    void doesNotOfferToReadWithoutBlocking() throws Exception {
        SignedRequest request = passed(signed("secret", new byte[1]));

        assertThat(request.getInputStream().isReady()).isTrue();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> request.getInputStream().setReadListener(Fake.of(ReadListener.class, new Object())));
    }

    private void filter(FakeExchange exchange) throws ServletException, IOException {
        filter.doFilter(exchange.request, exchange.response, exchange.chain);
    }

    private SignedRequest passed(FakeExchange exchange) throws ServletException, IOException {
        filter(exchange);
        return (SignedRequest) Objects.requireNonNull(exchange.passedOn);
    }

    private void assertRefused(FakeExchange exchange, int status) throws ServletException, IOException {
        filter(exchange);

        assertThat(exchange.passedOn).isNull();
        assertThat(exchange.status).isEqualTo(status);
        assertThat(exchange.answerLength).isZero();
        assertThat(exchange.attributes).isEmpty();
    }

    private static void assertEndsWith(FakeExchange exchange, int status) throws InterruptedException {
        exchange.awaitEnd();
        assertThat(exchange.dispatched).isFalse();
        assertThat(exchange.completed).isTrue();
        assertThat(exchange.status).isEqualTo(status);
        assertThat(exchange.answerLength).isZero();
        assertThat(exchange.answerHeaders).containsEntry("Connection", "close");
    }

    private static FakeExchange signed(String secret, byte[] body) {
        FakeExchange exchange = new FakeExchange("POST", "/");
        exchange.body = body;
        exchange.declaredLength = body.length;
        exchange.headers.putAll(ClientSigner.sign("key", secret, "/", null, body));
        return exchange;
    }

    /** A signed request of whose body nothing has come so far, gone through the filter once. */
    private FakeExchange arriving(byte[] body, long declaredLength) throws ServletException, IOException {
        return arriving("127.0.0.1", body, declaredLength);
    }

    private FakeExchange arriving(String address, byte[] body, long declaredLength)
            throws ServletException, IOException {
        FakeExchange exchange = signed("secret", Arrays.copyOf(body, body.length));
        exchange.remoteAddress = address;
        exchange.declaredLength = declaredLength;
        exchange.arrived = 0;
        filter(exchange);
        assertThat(exchange.passedOn).isNull();
        return exchange;
    }
}
