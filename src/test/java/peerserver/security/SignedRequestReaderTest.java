package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.CapturedLog;

class SignedRequestReaderTest {

    private static final String AUTHORIZATION =
            authorization("20261122/none/peer-server/aws4_request", "host;x-amz-date");

    private final MovableClock clock = new MovableClock("2026-11-22T10:00:00Z");
    private final SignedRequestReader reader = new SignedRequestReader(clock, Duration.ofMinutes(5));

    @ParameterizedTest
    @ValueSource(strings = {"20261122T095500Z", "20261122T100000Z", "20261122T100500Z"})
    void acceptsTimesWithinTheWindow(String timestamp) throws Exception {
        assertThat(reader.read(request(AUTHORIZATION, timestamp)).timestamp()).isEqualTo(timestamp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20261122T095459Z",
                "20261122T100501Z",
                "20261121T100000Z",
                "20261122T100000",
                "20261122T996000Z",
                "2026-11-22T10:00:00Z",
                ""
            })
    void refusesOtherTimes(String timestamp) {
        assertRefused(request(AUTHORIZATION, timestamp));
    }

    @Test
    void acceptsAScopeOfYesterdayJustAfterMidnight() {
        clock.move(Duration.ofHours(14).plusMinutes(2));

        assertThatCode(() -> reader.read(request(AUTHORIZATION, "20261122T235900Z")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "20261121/none/peer-server/aws4_request, host;x-amz-date",
        "2026112/none/peer-server/aws4_request, host;x-amz-date",
        "20261122/us-east-1/peer-server/aws4_request, host;x-amz-date",
        "20261122/none/s3/aws4_request, host;x-amz-date",
        "20261122/none/peer-server/aws4_request, host",
        "20261122/none/peer-server/aws4_request, x-amz-date",
    })
    void refusesOtherScopesAndThinSignatures(String scope, String signedHeaders) {
        assertRefused(request(authorization(scope, signedHeaders), "20261122T100000Z"));
    }

    @Test
    void refusesRequestsWithoutASignatureOrWithTwo() {
        assertRefused(new SignableRequest("POST", "/", null, Map.of()));
        assertRefused(request("Bearer abc", "20261122T100000Z"));
        assertRefused(new SignableRequest(
                "POST",
                "/",
                null,
                Map.of(
                        "x-amz-date",
                        List.of("20261122T100000Z"),
                        "authorization",
                        List.of(AUTHORIZATION, AUTHORIZATION))));
    }

    @Test
    void warnsOfClocksThatDisagreeOnceAMinute() {
        try (CapturedLog log = CapturedLog.of(SignedRequestReader.class)) {
            assertRefused(request(AUTHORIZATION, "20261122T090000Z"));
            assertRefused(request(AUTHORIZATION, "20261122T090000Z"));
            clock.move(Duration.ofSeconds(59));
            assertRefused(request(AUTHORIZATION, "20261122T090000Z"));
            clock.move(Duration.ofSeconds(1));
            assertRefused(request(AUTHORIZATION, "20261122T110001Z"));
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING Refused a request signed 3600 s behind this server's clock; 300 s are allowed. Compare the clocks.",
                            "WARNING Refused a request signed 3541 s ahead of this server's clock; 300 s are allowed. Compare the clocks.");
        }
    }

    private void assertRefused(SignableRequest request) {
        assertThatExceptionOfType(RefusedRequestException.class)
                .isThrownBy(() -> reader.read(request))
                .matches(e -> e.httpStatus() == 403);
    }

    private static String authorization(String scope, String signedHeaders) {
        return "AWS4-HMAC-SHA256 Credential=key/" + scope + ", SignedHeaders=" + signedHeaders + ", Signature=abc";
    }

    private static SignableRequest request(String authorization, String timestamp) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("host", List.of("localhost"));
        headers.put("authorization", List.of(authorization));
        headers.put("x-amz-date", List.of(timestamp));
        return new SignableRequest("POST", "/", null, headers);
    }
}
