package peerserver.form;

import static org.assertj.core.api.Assertions.assertThat;
import static peerserver.form.Edn.assertIncorrect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorFormTest {

    @Test
    void vectorsListsAndTextAreSelectors() {
        assertThat(SelectorForm.parse(Edn.read("[* {:a [:b]}]")).pattern()).isEqualTo(Edn.read("[* {:a [:b]}]"));
        assertThat(SelectorForm.parse(Edn.read("(:a)")).pattern()).isEqualTo(Edn.read("(:a)"));
        assertThat(SelectorForm.parse("[* {:a [:b]}]").pattern()).isEqualTo(Edn.read("[* {:a [:b]}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{:a [:b]}", ":a", "#{:a}", "1"})
    void anythingElseIsNot(String selector) {
        assertIncorrect(() -> SelectorForm.parse(Edn.read(selector)), "Expected a vector for :selector");
        assertIncorrect(() -> SelectorForm.parse(selector), "Expected a vector for :selector");
    }

    @Test
    void nothingIsNoSelector() {
        assertIncorrect(() -> SelectorForm.parse(null), "Expected a vector for :selector");
    }
}
