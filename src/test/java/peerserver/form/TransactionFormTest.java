package peerserver.form;

import static org.assertj.core.api.Assertions.assertThat;
import static peerserver.form.Edn.assertIncorrect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionFormTest {

    @Test
    void keepsTheFormsAsTheyAre() {
        assertThat(TransactionForm.parse(Edn.read("[[:db/add 't' :a 1] {:b 2}]"))
                        .data())
                .isEqualTo(Edn.read("[[:db/add 't' :a 1] {:b 2}]"));
        assertThat(TransactionForm.parse(Edn.read("({:b 2})")).data()).isEqualTo(Edn.read("[{:b 2}]"));
        assertThat(TransactionForm.parse(Edn.read("[]")).data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{:a 1}", "'[{:a 1}]'", "1", ":a"})
    void anythingButACollectionIsRefused(String data) {
        assertIncorrect(
                () -> TransactionForm.parse(Edn.read(data)),
                "Expected a collection of list and map forms for :tx-data");
    }

    @Test
    void nothingIsRefused() {
        assertIncorrect(() -> TransactionForm.parse(null), "Expected a collection of list and map forms for :tx-data");
    }

    @Test
    void nilAmongTheFormsIsLeftToTheEngine() {
        assertThat(TransactionForm.parse(Edn.read("[{:a 1} nil]")).data()).isEqualTo(Edn.read("[{:a 1} nil]"));
    }
}
