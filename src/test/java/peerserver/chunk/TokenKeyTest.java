package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TokenKeyTest {

    private static final TokenKey KEY = TokenKey.derive("key", "secret");

    @Test
    void isTheSameForTheSameSecretOfTheSameAccessKey() {
        assertThat(TokenKey.derive("key", "secret")).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    }

    @Test
    void isAnotherForAnotherSecretOrAnotherAccessKey() {
        for (TokenKey other : new TokenKey[] {TokenKey.derive("key", "Secret"), TokenKey.derive("kez", "secret")}) {
            assertThat(other.id()).isNotEqualTo(KEY.id());
            assertThat(other.key()).isNotEqualTo(KEY.key());
        }
    }

    @Test
    void isAnAesKeyWithAShortName() {
        assertThat(KEY.id()).matches("[0-9a-f]{8}");
        assertThat(KEY.key().getAlgorithm()).isEqualTo("AES");
        assertThat(KEY.key().getEncoded()).hasSize(16);
    }

    @Test
    void tellsNothingOfItselfButItsName() {
        assertThat(KEY.toString())
                .isEqualTo("TokenKey[" + KEY.id() + "]")
                .doesNotContain("secret", HexFormat.of().formatHex(KEY.key().getEncoded()));
    }
}
