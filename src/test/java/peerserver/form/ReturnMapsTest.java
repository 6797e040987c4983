package peerserver.form;

import static org.assertj.core.api.Assertions.assertThat;
import static peerserver.form.Edn.assertIncorrect;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnMapsTest {

    private static ReturnMaps parsed(String query) {
        return Objects.requireNonNull(QueryForm.parse(query).returnMaps());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {":keys|{:n/a 1 :b nil}", ":strs|{'n/a' 1 'b' nil}", ":syms|{n/a 1 b nil}"},
            quoteCharacter = '`')
    void rowsBecomeMapsWithTheNamesGiven(String section, String row) {
        ReturnMaps maps = parsed("[:find ?e ?v " + section + " n/a b :where [?e :a ?v]]");

        assertThat((Object) maps.map(Edn.list("[1 nil]"))).isEqualTo(Edn.read(row));
    }

    @Test
    void theEngineDoesNotSeeTheNames() {
        assertThat((Object) QueryForm.parse("[:find ?e :keys e :where [?e]]").sections())
                .isEqualTo(Edn.read("{:find [?e] :where [[?e]]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?e :keys a b :where [?e]]",
                "[:find ?e ?v :strs a :where [?e :a ?v]]",
                "[:find ?e :syms :where [?e]]",
                "[:find ?e :keys a :strs a :where [?e]]",
                "{:find [?e] :keys a}"
            })
    void asManyNamesAsColumnsAreNeeded(String query) {
        assertIncorrect(() -> QueryForm.parse(query), "Count of :keys/:strs/:syms must match count of :find");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{:find [?e] :keys [:a]}", "{:find [?e] :strs [nil]}", "[:find ?e :syms 1]"})
    void namesAreSymbols(String query) {
        assertIncorrect(() -> QueryForm.parse(query), "Expected symbols in :keys/:strs/:syms");
    }
}
