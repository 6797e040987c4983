package peerserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeConfigTest {

    private static CodeConfig allowing(String names) {
        return CodeConfig.from(new MapConfig(Map.of("peerserver.code.allowed", names)));
    }

    @Test
    void allowsNothingByDefault() {
        assertThat(CodeConfig.from(new MapConfig(Map.of())).allowed()).isEmpty();
        assertThat(CodeConfig.from(new MapConfig(Map.of())).maxText()).isEqualTo(1_048_576);
    }

    @Test
    void readsSymbolsAndIdents() {
        assertThat(allowing("my.app/f, .split,:my/fn,java.util.Date.,").allowed())
                .containsExactly("my.app/f", ".split", ":my/fn", "java.util.Date.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(f)", "?f", "a b", "[x]", "$", "%"})
    void refusesWhatIsNoName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> allowing(name))
                .withMessage("peerserver.code.allowed must be symbols and idents, but has " + name);
    }
}
