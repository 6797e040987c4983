package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.servlet.ReadListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.config.SecurityConfig;

class SignatureAuthenticationMechanismTest {

    private static final int MAX = 1000;

    private final SignatureAuthenticationMechanism mechanism;

    SignatureAuthenticationMechanismTest(@TempDir Path directory) {
        Path file = TestKeys.file(directory, "[{\"key\": \"key\", \"secrets\": [{\"secret\": \"secret\"}]}]");
        SecurityConfig config = new SecurityConfig(List.of(file), Duration.ofMinutes(5), MAX);
        AccessKeyIdentityStore store = new AccessKeyIdentityStore(TestKeys.of(Clock.systemUTC(), file));
        this.mechanism = new SignatureAuthenticationMechanism(config, Clock.systemUTC(), store::validate);
    }

    @Test
    void logsInWhoeverSignedAndReplaysTheBody() throws IOException {
        FakeExchange exchange = signed("secret", "some body".getBytes(UTF_8));

        assertThat(validate(exchange)).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(exchange.caller).isEqualTo("key");
        assertThat(exchange.attributes.get("peerserver.body")).isEqualTo("some body".getBytes(UTF_8));
        BufferedBodyRequest passedOn = (BufferedBodyRequest) Objects.requireNonNull(exchange.passedOn);
        assertThat(passedOn.body()).isSameAs(exchange.attributes.get("peerserver.body"));
        assertThat(passedOn.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("some body");
    }

    @Test
    void replaysTheBodyAsText() throws IOException {
        FakeExchange exchange = signed("secret", "s\u00f6me\nbody".getBytes(UTF_8));
        validate(exchange);

        assertThat(Objects.requireNonNull(exchange.passedOn).getReader().lines())
                .containsExactly("s\u00f6me", "body");
    }

    @ParameterizedTest
    @CsvSource({"GET,/health", "HEAD,/health", "OPTIONS,/", "GET,/", "GET,/apis"})
    void letsAnonymousReadersPassOutsideTheApi(String method, String path) {
        FakeExchange exchange = new FakeExchange(method, path);

        assertThat(validate(exchange)).isEqualTo(AuthenticationStatus.NOT_DONE);
        assertThat(exchange.caller).isNull();
        assertThat(exchange.status).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST,/", "PUT,/health", "DELETE,/x", "POST,/api/q", "GET,/api", "GET,/api/databases", "get,/health"})
    void refusesOtherRequestsThatAreNotSigned(String method, String path) {
        assertRefused(new FakeExchange(method, path), 403);
    }

    @Test
    void refusesAWrongSignatureEvenWhereNoneIsNeeded() {
        FakeExchange signedForPost = new FakeExchange("GET", "/health");
        signedForPost.headers.putAll(ClientSigner.sign("key", "secret", "/health", null, new byte[0]));

        assertRefused(signedForPost, 403);
    }

    @Test
    void refusesWrongSecretsUnknownKeysAndTamperedBodiesAlike() {
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
    void doesNotReadTheBodyOfARequestThatIsNotSigned() {
        FakeExchange exchange = new FakeExchange("POST", "/");
        exchange.body = new byte[MAX];

        assertRefused(exchange, 403);
        assertThat(exchange.bytesRead).isZero();
    }

    @Test
    void refusesABodyThatIsDeclaredTooLargeWithoutReadingIt() {
        FakeExchange exchange = signed("secret", new byte[MAX + 1]);
        exchange.declaredLength = MAX + 1;

        assertRefused(exchange, 413);
        assertThat(exchange.bytesRead).isZero();
    }

    @Test
    void readsNoFurtherThanTheLimitWhenNoLengthIsDeclared() {
        FakeExchange exchange = signed("secret", new byte[10 * MAX]);

        assertRefused(exchange, 413);
        assertThat(exchange.bytesRead).isEqualTo(MAX + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MAX})
    void acceptsBodiesUpToTheLimitWithOrWithoutADeclaredLength(int length) {
        FakeExchange declared = signed("secret", new byte[length]);
        declared.declaredLength = length;
        FakeExchange chunked = signed("secret", new byte[length]);

        assertThat(validate(declared)).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(validate(chunked)).isEqualTo(AuthenticationStatus.SUCCESS);
    }

    @Test
    void refusesABodyThatBreaksOff() {
        FakeExchange shorter = signed("secret", new byte[10]);
        shorter.declaredLength = 11;
        FakeExchange broken = signed("secret", new byte[10]);
        broken.breaksOff = true;

        assertRefused(shorter, 400);
        assertRefused(broken, 400);
    }

    @Test
    void takesTheCopiesOfHeadersThatAProxyRewrote() {
        FakeExchange exchange = signed("secret", new byte[] {1});
        exchange.headers.remove("authorization");
        exchange.headers.put("host", List.of("proxy.internal"));

        assertThat(exchange.headers).containsKeys("x-cognitect-auth", "x-cognitect-host");
        assertThat(validate(exchange)).isEqualTo(AuthenticationStatus.SUCCESS);
    }

    @Test
    void prefersAuthorizationToItsCopy() {
        FakeExchange exchange = signed("secret", new byte[] {1});
        exchange.headers.put("authorization", List.of("Basic abc"));

        assertRefused(exchange, 403);
    }

    @Test
    void doesNotOfferToReadWithoutBlocking() {
        BufferedBodyRequest request = new BufferedBodyRequest(new FakeExchange("POST", "/").request, new byte[1]);

        assertThat(request.getInputStream().isReady()).isTrue();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> request.getInputStream().setReadListener(Fake.of(ReadListener.class, new Object())));
    }

    private AuthenticationStatus validate(FakeExchange exchange) {
        return mechanism.validateRequest(exchange.request, exchange.response, exchange.context);
    }

    private void assertRefused(FakeExchange exchange, int status) {
        assertThat(validate(exchange)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(exchange.status).isEqualTo(status);
        assertThat(exchange.answerLength).isZero();
        assertThat(exchange.caller).isNull();
        assertThat(exchange.attributes).isEmpty();
    }

    private static FakeExchange signed(String secret, byte[] body) {
        FakeExchange exchange = new FakeExchange("POST", "/");
        exchange.body = body;
        exchange.headers.putAll(ClientSigner.sign("key", secret, "/", null, body));
        return exchange;
    }
}
