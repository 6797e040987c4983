package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.Json;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the signer of the published clients to the identity store. */
class ClientSignatureTest {

    private static final String SECRET = "s\u00e9cret/\u20ac+\ud83d\udd11 \"'";

    private final SignedRequestReader reader = new SignedRequestReader(Clock.systemUTC(), Duration.ofMinutes(5));
    private final Path directory;
    private AccessKeyIdentityStore store;

    ClientSignatureTest(@TempDir Path directory) {
        this.directory = directory;
        this.store = storeOf(directory, "my/key", SECRET);
    }

    @RepeatedTest(50)
    void acceptsWhateverTheClientSigns() throws Exception {
        Random random = new Random();
        String key = "k/"
                + random.ints(1 + random.nextInt(20), ' ' + 1, '~')
                        .filter(c -> c != '\\')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        String secret = random.ints(1 + random.nextInt(40), 1, 0x1_0000)
                .filter(c -> !Character.isSurrogate((char) c))
                .collect(() -> new StringBuilder("s"), StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] body = new byte[random.nextInt(5000)];
        random.nextBytes(body);
        store = storeOf(directory, key, secret);

        CredentialValidationResult result = validate(ClientSigner.sign(key, secret, "/", null, body), body);

        assertThat(result.getStatus()).as("key %s", key).isEqualTo(Status.VALID);
        assertThat(result.getCallerPrincipal().getName()).isEqualTo(key);
        assertThat(result.getCallerGroups()).containsExactly("client");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000_000})
    void acceptsBodiesOfAnySize(int size) throws Exception {
        byte[] body = new byte[size];

        assertThat(validate(ClientSigner.sign("my/key", SECRET, "/", null, body), body)
                        .getStatus())
                .isEqualTo(Status.VALID);
    }

    @ParameterizedTest
    @CsvSource({"/api/q,", "/api/a%20b/%E2%82%AC,", "/api/q,b=2&a=1&c=x", "/a/./b/../c,"})
    void acceptsOtherPathsAndQueries(String path, @Nullable String query) throws Exception {
        byte[] body = {1, 2, 3};
        Map<String, List<String>> headers = ClientSigner.sign("my/key", SECRET, path, query, body);

        assertThat(validate(new SignableRequest("POST", path, query, headers), body)
                        .getStatus())
                .isEqualTo(Status.VALID);
    }

    @Test
    void acceptsTheSameSignatureAgain() throws Exception {
        byte[] body = {1, 2, 3};
        Map<String, List<String>> headers = ClientSigner.sign("my/key", SECRET, "/", null, body);

        assertThat(validate(headers, body).getStatus()).isEqualTo(Status.VALID);
        assertThat(validate(headers, body).getStatus()).isEqualTo(Status.VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "content-type", "x-amz-target"})
    void refusesATamperedHeader(String name) throws Exception {
        byte[] body = {1, 2, 3};
        Map<String, List<String>> headers = new HashMap<>(ClientSigner.sign("my/key", SECRET, "/", null, body));
        headers.put(name, List.of("evil"));

        assertThat(validate(headers, body).getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void refusesATamperedMethodPathOrQuery() throws Exception {
        byte[] body = {1, 2, 3};
        Map<String, List<String>> headers = ClientSigner.sign("my/key", SECRET, "/", null, body);

        for (SignableRequest tampered : List.of(
                new SignableRequest("PUT", "/", null, headers),
                new SignableRequest("POST", "/api", null, headers),
                new SignableRequest("POST", "/", "a=1", headers))) {
            assertThat(validate(tampered, body).getStatus()).isEqualTo(Status.INVALID);
        }
    }

    @Test
    void refusesATamperedBodyWithItsClaimedHash() {
        Map<String, List<String>> headers = ClientSigner.sign("my/key", SECRET, "/", null, new byte[] {1, 2, 3});

        assertThatExceptionOfType(RefusedRequestException.class)
                .isThrownBy(() -> validate(headers, new byte[] {1, 2, 4}))
                .matches(e -> e.httpStatus() == 403);
    }

    @Test
    void refusesATamperedBodyWithoutAClaimedHash() throws Exception {
        Map<String, List<String>> headers =
                new HashMap<>(ClientSigner.sign("my/key", SECRET, "/", null, new byte[] {1, 2, 3}));
        headers.remove("x-amz-content-sha256");

        assertThat(validate(headers, new byte[] {1, 2, 4}).getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void refusesATamperedSignature() throws Exception {
        byte[] body = {1, 2, 3};
        Map<String, List<String>> headers = new HashMap<>(ClientSigner.sign("my/key", SECRET, "/", null, body));
        String authorization = headers.getOrDefault("authorization", List.of()).get(0);
        int last = authorization.length() - 1;
        String flipped = authorization.substring(0, last) + (authorization.charAt(last) == '0' ? '1' : '0');

        for (String tampered : List.of(flipped, authorization.substring(0, last), authorization + "0")) {
            headers.put("authorization", List.of(tampered));
            assertThat(validate(headers, body).getStatus()).isEqualTo(Status.INVALID);
        }
    }

    @Test
    void refusesAWrongSecretAndAnUnknownKeyAlike() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);

        assertThat(validate(ClientSigner.sign("my/key", "wrong", "/", null, body), body))
                .isEqualTo(CredentialValidationResult.INVALID_RESULT)
                .isEqualTo(validate(ClientSigner.sign("other", SECRET, "/", null, body), body));
    }

    private CredentialValidationResult validate(Map<String, List<String>> headers, byte[] body) throws Exception {
        return validate(new SignableRequest("POST", "/", null, headers), body);
    }

    private CredentialValidationResult validate(SignableRequest request, byte[] body) throws Exception {
        return store.validate(reader.read(request).credential(body));
    }

    private static AccessKeyIdentityStore storeOf(Path directory, String key, String secret) {
        String json = Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("key", key)
                        .add(
                                "secrets",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder().add("secret", secret))))
                .build()
                .toString();
        return new AccessKeyIdentityStore(TestKeys.of(Clock.systemUTC(), TestKeys.file(directory, json)));
    }
}
