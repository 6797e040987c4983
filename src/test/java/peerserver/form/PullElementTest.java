package peerserver.form;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullElementTest {

    private static final Symbol E = Symbol.intern("?e");
    private static final Symbol DEFAULT = Symbol.intern("$");

    private static FindElement find(String element) {
        return QueryForm.parse("{:find [" + element + "] :where [[?e]]}").find().get(0);
    }

    @Test
    void aPullIsFromTheDefaultSourceUnlessItNamesOne() {
        assertThat(find("(pull ?e [*])"))
                .isEqualTo(new FindElement.Pull(Edn.read("(pull ?e [*])"), DEFAULT, E, Edn.read("[*]"), null));
        assertThat(find("(pull $old ?e [:a])"))
                .isEqualTo(new FindElement.Pull(
                        Edn.read("(pull $old ?e [:a])"), Symbol.intern("$old"), E, Edn.read("[:a]"), null));
    }

    @Test
    void anInputCanCarryThePattern() {
        assertThat(find("(pull ?e ?pattern)"))
                .isEqualTo(new FindElement.Pull(
                        Edn.read("(pull ?e ?pattern)"), DEFAULT, E, null, Symbol.intern("?pattern")));
        assertThat(find("(pull $old ?e pattern)"))
                .isEqualTo(new FindElement.Pull(
                        Edn.read("(pull $old ?e pattern)"), Symbol.intern("$old"), E, null, Symbol.intern("pattern")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(pull ?e)", "(pull $a ?e [*] [*])", "(pull 1 [*])", "(pull 'a' ?e [*])", "(pull-many ?e [*])"})
    void whatIsNoPullIsLeftToTheEngine(String element) {
        Object form = Edn.read(element);

        assertThat(QueryForm.parse(Edn.read("{:find [" + element + "]}")).find())
                .containsExactly(new FindElement.Column(form));
    }
}
