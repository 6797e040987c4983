package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class TokenSealTest {

    private static final TestOwner OWNER = TestOwner.of("key", "secret");
    private static final byte[] CONTENT = "what is sealed".getBytes(StandardCharsets.UTF_8);

    private static void assertRefused(TokenOwner owner, String token) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> TokenSeal.open(owner, token))
                .withMessage("The :next-token is not one that this server gave to this access key")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    private static byte[] bytes(String token) {
        return Base64.getUrlDecoder().decode(token.substring("v1.".length()));
    }

    private static String token(byte[] bytes) {
        return "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void whatWasSealedCanBeOpened() {
        String token = TokenSeal.seal(OWNER, CONTENT);

        assertThat(token).matches("v1\\.[A-Za-z0-9_-]+");
        assertThat(TokenSeal.open(OWNER, token)).isEqualTo(CONTENT);
        assertThat(TokenSeal.open(OWNER, TokenSeal.seal(OWNER, new byte[0]))).isEmpty();
    }

    @Test
    void theSameIsNeverSealedTheSameWayTwice() {
        assertThat(TokenSeal.seal(OWNER, CONTENT)).isNotEqualTo(TokenSeal.seal(OWNER, CONTENT));
    }

    @Test
    void noByteCanBeChanged() {
        byte[] sealed = bytes(TokenSeal.seal(OWNER, CONTENT));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertRefused(OWNER, token(changed));
        }
    }

    @Test
    void nothingCanBeCutOffOrAdded() {
        String token = TokenSeal.seal(OWNER, CONTENT);
        for (int length = 0; length < token.length(); length++) {
            assertRefused(OWNER, token.substring(0, length));
        }
        assertRefused(OWNER, token + "AAAA");
        assertRefused(OWNER, token + "A".repeat(TokenSeal.LONGEST_TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1.", "v2.AAAA", "v1.!!!", "v1.äöü", "v1.AAAA AAAA", "null", "v1.====", "V1.AAAA"})
    void whatIsNoTokenIsRefused(String token) {
        assertRefused(OWNER, token);
    }

    @Test
    void anotherOwnersTokenIsRefused() {
        String token = TokenSeal.seal(OWNER, CONTENT);

        assertRefused(TestOwner.of("other", "secret"), token);
        assertRefused(TestOwner.of("key", "other"), token);
    }

    @Test
    void anOldSecretOpensForAsLongAsItIsAmongTheKeys() {
        String token = TokenSeal.seal(TestOwner.of("key", "old"), CONTENT);

        assertThat(TokenSeal.open(TestOwner.of("key", "new", "old"), token)).isEqualTo(CONTENT);
        assertRefused(TestOwner.of("key", "new"), token);
    }

    @Test
    void theFirstKeySeals() {
        String token = TokenSeal.seal(TestOwner.of("key", "new", "old"), CONTENT);

        assertThat(TokenSeal.open(TestOwner.of("key", "new"), token)).isEqualTo(CONTENT);
        assertRefused(TestOwner.of("key", "old"), token);
    }

    @Test
    void whatFitsMakesNoTokenThatIsTooLong() {
        int most = 0;
        while (TokenSeal.fits(most + 1)) {
            most++;
        }
        assertThat(TokenSeal.seal(OWNER, new byte[most]).length())
                .isBetween(TokenSeal.LONGEST_TOKEN - 3, TokenSeal.LONGEST_TOKEN);
        assertThat(TokenSeal.open(OWNER, TokenSeal.seal(OWNER, new byte[most]))).hasSize(most);
        assertThat(TokenSeal.seal(OWNER, new byte[most + 1]).length()).isGreaterThan(TokenSeal.LONGEST_TOKEN);
    }
}
