package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against the published test suite of AWS Signature Version 4, as it is in awslabs/aws-c-auth under
 * {@code tests/aws-signing-test-suite/v4}. Left out are its cases for services that do not normalise paths.
 */
class SigV4Test {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String TOKEN =
            "x-amz-security-token: 6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";

    @ParameterizedTest(name = "{0}")
    @MethodSource("publishedCases")
    void agreesWithThePublishedTestSuite(
            String name, String method, String target, List<String> headers, String body, String signature) {
        List<String> signed = headers(headers).keySet().stream().sorted().toList();
        String canonical =
                CanonicalRequest.of(request(method, target, headers), signed, SigV4.sha256(body.getBytes(UTF_8)));
        String toSign = SigV4.stringToSign("20150830T123600Z", "20150830/us-east-1/service/aws4_request", canonical);

        assertThat(SigV4.signature(SigV4.signingKey(SECRET, "20150830", "us-east-1", "service"), toSign))
                .as("signature of%n%s", canonical)
                .isEqualTo(signature);
    }

    static List<Arguments> publishedCases() {
        String formHash = "x-amz-content-sha256: 9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
        return List.of(
                get("get-vanilla", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
                get(
                        "get-header-key-duplicate",
                        "/",
                        "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
                        "My-Header1: value2",
                        "My-Header1: value2",
                        "My-Header1: value1"),
                get(
                        "get-header-value-multiline",
                        "/",
                        "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd",
                        "My-Header1: value1\n  value2\n     value3"),
                get(
                        "get-header-value-order",
                        "/",
                        "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
                        "My-Header1: value4",
                        "My-Header1: value1",
                        "My-Header1: value3",
                        "My-Header1: value2"),
                get(
                        "get-header-value-trim",
                        "/",
                        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
                        "My-Header1:  value1",
                        "My-Header2:  \"a   b   c\""),
                get(
                        "get-relative-normalized",
                        "/example/..",
                        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
                get(
                        "get-relative-relative-normalized",
                        "/example1/example2/../..",
                        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
                get(
                        "get-slash-dot-slash-normalized",
                        "/./",
                        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
                get("get-slash-normalized", "//", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
                get(
                        "get-slash-pointless-dot-normalized",
                        "/./example",
                        "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
                get(
                        "get-slashes-normalized",
                        "//example//",
                        "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
                get(
                        "get-space-normalized",
                        "/example space/",
                        "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
                get(
                        "get-unreserved",
                        "/" + UNRESERVED,
                        "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
                get("get-utf8", "/\u1234", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
                get(
                        "get-vanilla-empty-query-key",
                        "/?Param1=value1",
                        "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
                get(
                        "get-vanilla-query-order-encoded",
                        "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
                        "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"),
                get(
                        "get-vanilla-query-order-key-case",
                        "/?Param2=value2&Param1=value1",
                        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
                get(
                        "get-vanilla-query-unreserved",
                        "/?" + UNRESERVED + "=" + UNRESERVED,
                        "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
                get(
                        "get-vanilla-utf8-query",
                        "/?\u1234=bar",
                        "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
                get(
                        "get-vanilla-with-session-token",
                        "/",
                        "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
                        TOKEN),
                post("post-vanilla", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
                post(
                        "post-vanilla-query",
                        "/?Param1=value1",
                        "",
                        "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
                post(
                        "post-header-key-sort",
                        "/",
                        "",
                        "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
                        "My-Header1: value1"),
                post(
                        "post-header-value-case",
                        "/",
                        "",
                        "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
                        "My-Header1: VALUE1"),
                post(
                        "post-x-www-form-urlencoded",
                        "/",
                        "Param1=value1",
                        "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: 13",
                        formHash),
                post(
                        "post-x-www-form-urlencoded-parameters",
                        "/",
                        "Param1=value1",
                        "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422",
                        "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
                        "Content-Length: 13",
                        formHash));
    }

    @Test
    void skipsSignedNamesThatTheRequestLacks() {
        SignableRequest request = request("POST", "/", List.of());

        assertThat(CanonicalRequest.of(request, List.of("host", "x-amz-target"), "hash"))
                .isEqualTo("POST\n/\n\nhost:example.amazonaws.com\n\nhost;x-amz-target\nhash");
    }

    @Test
    void keepsRepeatedAndMalformedParametersOfTheQuery() {
        SignableRequest request = request("GET", "/?b=2&a=%zz&b=1&c&a=%4", List.of());

        assertThat(CanonicalRequest.of(request, List.of(), "hash"))
                .isEqualTo("GET\n/\na=%254&a=%25zz&b=1&b=2&c=\n\n\nhash");
    }

    private static Arguments get(String name, String target, String signature, String... headers) {
        return Arguments.of(name, "GET", target, List.of(headers), "", signature);
    }

    private static Arguments post(String name, String target, String body, String signature, String... headers) {
        return Arguments.of(name, "POST", target, List.of(headers), body, signature);
    }

    private static SignableRequest request(String method, String target, List<String> lines) {
        int question = target.indexOf('?');
        return new SignableRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? null : target.substring(question + 1),
                headers(lines));
    }

    private static Map<String, List<String>> headers(List<String> lines) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("host", List.of("example.amazonaws.com"));
        headers.put("x-amz-date", List.of("20150830T123600Z"));
        for (String line : lines) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1));
        }
        return headers;
    }
}
