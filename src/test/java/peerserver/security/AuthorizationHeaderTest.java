package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    @Test
    void takesAHeaderApart() {
        assertThat(AuthorizationHeader.parse("AWS4-HMAC-SHA256 Credential=key/20261122/none/peer-server/aws4_request,"
                        + " SignedHeaders=Host;x-amz-date, Signature=abc"))
                .contains(new AuthorizationHeader(
                        "key", "20261122", "none", "peer-server", List.of("host", "x-amz-date"), "abc"));
    }

    @Test
    void doesNotNeedBlanksAfterCommas() {
        assertThat(AuthorizationHeader.parse("AWS4-HMAC-SHA256 Credential=key/20261122/none/peer-server/aws4_request,"
                        + "SignedHeaders=host;x-amz-date,Signature=abc"))
                .hasValueSatisfying(header -> {
                    assertThat(header.scope()).isEqualTo("20261122/none/peer-server/aws4_request");
                    assertThat(header.signedHeaders()).containsExactly("host", "x-amz-date");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "a/b"})
    void takesABackslashInAKeyForASlash(String sent) {
        assertThat(AuthorizationHeader.parse("AWS4-HMAC-SHA256 Credential=" + sent
                        + "/20261122/none/peer-server/aws4_request, SignedHeaders=host, Signature=abc"))
                .hasValueSatisfying(header -> assertThat(header.accessKey()).isEqualTo("a/b"));
    }

    @Test
    void allowsAnyCharacterInAKey() {
        assertThat(AuthorizationHeader.parse("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c"
                        + "/20261122/none/peer-server/aws4_request, SignedHeaders=host, Signature=abc"))
                .hasValueSatisfying(
                        header -> assertThat(header.accessKey()).isEqualTo("a, SignedHeaders=b, Signature=c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic abc",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 Credential=",
                "AWS4-HMAC-SHA256 Credential=, SignedHeaders=, Signature=",
                "AWS4-HMAC-SHA256 Credential=key, SignedHeaders=host, Signature=abc",
                "AWS4-HMAC-SHA256 Credential=/20261122/none/peer-server/aws4_request, SignedHeaders=host, Signature=abc",
                "AWS4-HMAC-SHA256 Credential=key/none/peer-server/aws4_request, SignedHeaders=host, Signature=abc",
                "AWS4-HMAC-SHA256 Credential=key/20261122/none/peer-server/aws5, SignedHeaders=host, Signature=abc",
                "AWS4-HMAC-SHA256 Credential=key/20261122/none/peer-server/aws4_request, Signature=abc",
                "AWS4-HMAC-SHA256 Signature=abc, SignedHeaders=host, Credential=key/20261122/none/peer-server/aws4_request",
                "SignedHeaders=Signature="
            })
    void refusesWhatIsMalformed(String value) {
        assertThat(AuthorizationHeader.parse(value)).isEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        String head = "AWS4-HMAC-SHA256 Credential=";
        String tail = "/20261122/none/peer-server/aws4_request, SignedHeaders=host, Signature=abc";
        int room = AuthorizationHeader.MAX_LENGTH - head.length() - tail.length();

        assertThat(AuthorizationHeader.parse(head + "k".repeat(room) + tail)).isPresent();
        assertThat(AuthorizationHeader.parse(head + "k".repeat(room + 1) + tail))
                .isEmpty();
    }
}
