package peerserver.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static peerserver.form.Edn.assertIncorrect;

import clojure.lang.Symbol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.wire.AnomalyException;

class QueryFormTest {

    private static final String LIST = "[:find ?e (max ?v) :with ?w :in $ ?x :where [?e :a ?v] [?e :b ?w]]";
    private static final String MAP = "{:find [?e (max ?v)] :with [?w] :in [$ ?x] :where [[?e :a ?v] [?e :b ?w]]}";

    @Test
    void listMapAndTextAreTheSameQuery() {
        QueryForm fromList = QueryForm.parse(Edn.read(LIST));

        for (Object given : List.of(Edn.read(MAP), LIST, MAP)) {
            QueryForm query = QueryForm.parse(given);
            assertThat((Object) query.sections()).isEqualTo(fromList.sections());
            assertThat(query.find()).isEqualTo(fromList.find());
            assertThat(query.returnMaps()).isEqualTo(fromList.returnMaps());
            assertThat(query.repeatable()).isEqualTo(fromList.repeatable());
            assertThat(query.written()).isEqualTo(given);
        }
        assertThat((Object) fromList.sections()).isEqualTo(Edn.read(MAP));
        assertThat(fromList.returnMaps()).isNull();
        assertThat(fromList.repeatable()).isTrue();
    }

    @Test
    void theElementsOfFindKeepTheirOrder() {
        assertThat(QueryForm.parse(LIST).find())
                .containsExactly(
                        new FindElement.Column(Symbol.intern("?e")), new FindElement.Column(Edn.read("(max ?v)")));
    }

    @Test
    void inputsAreWhatInSaysOrElseOneDatabase() {
        assertThat(QueryForm.parse(LIST).inputs()).isEqualTo(Edn.read("[$ ?x]"));
        assertThat(QueryForm.parse("[:find ?e :where [?e]]").inputs()).isEqualTo(Edn.read("[$]"));
    }

    @Test
    void aQueryCanBeGivenOtherColumns() {
        assertThat((Object) QueryForm.parse("[:find ?e ?v :where [?e :a ?v]]").withFind(List.of(Symbol.intern("?v"))))
                .isEqualTo(Edn.read("{:find [?v] :where [[?e :a ?v]]}"));
    }

    @Test
    void sectionsOfAMapMayBeEmpty() {
        assertThat(QueryForm.parse("{:find [?e] :in [] :where [[?e]]}").inputs())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "with"})
    void sectionsOfAListMayNotBeEmptyBeforeOthers(String name) {
        assertIncorrect(
                () -> QueryForm.parse("[:find ?e :" + name + " :where [?e]]"),
                "Nothing follows :" + name + " in the query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[:find ?e . :where [?e]]|[?e]",
                "[:find [?e ...] :where [?e]]|[?e]",
                "[:find [?e ?v] :where [?e :a ?v]]|[?e ?v]",
                "[:find [(pull ?e [*]) ...] :where [?e]]|[(pull ?e [*])]",
                "{:find [[(max ?e) (min ?e)]] :where [[?e]]}|[(max ?e) (min ?e)]",
                "[:find [f ?e] . :where [?e]]|[f ?e]",
                "[:find ?e ?v :where [?e :a ?v]]|[?e ?v]"
            })
    void aNestedQueryMayHaveAnyFindSpec(String query, String elements) {
        assertThat(QueryForm.parseNested(Edn.read(query)).find())
                .extracting(FindElement::form)
                .isEqualTo(Edn.read(elements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find [?e ...] :where [?e]]",
                "[:find [?e ?v] :where [?e :a ?v]]",
                "[:find ?e . :where [?e]]",
                "{:find [[?e ...]] :where [[?e]]}",
                "{:find [[?e ?v]] :where [[?e :a ?v]]}",
                "{:find [?e .] :where [[?e]]}",
                "[:find [(pull ?e [*]) ...] :where [?e]]",
                "[:find ... :where [?e]]"
            })
    void findSpecsOtherThanRelationsAreRefused(String query) {
        assertIncorrect(() -> QueryForm.parse(query), "Only find-rel elements are allowed in client find-spec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", ":find", "?e", "#{:find}"})
    void whatIsNoQueryIsRefused(String query) {
        assertIncorrect(() -> QueryForm.parse(query), "Expected a list, a map or a string for :query");
    }

    @Test
    void noQueryIsRefused() {
        assertIncorrect(() -> QueryForm.parse(null), "Expected a list, a map or a string for :query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "[:where [?e]]", "[:find :where [?e]]", "{:find []}", "{:find ?e}", "{:find nil}"})
    void aQueryThatFindsNothingIsRefused(String query) {
        assertIncorrect(() -> QueryForm.parse(query), "A query needs a :find with at least one element");
    }

    @Test
    void aListThatBeginsWithoutAKeywordIsRefused() {
        assertIncorrect(
                () -> QueryForm.parse("[?e :find ?e]"), "A query in list form begins with :find or another section");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[:find ?e :where [?e]", "", "#=(+ 1 2)", "[:find ?e] [:find ?v]", "#unknown [:find ?e]"})
    void textThatIsNoEdnIsRefused(String query) {
        assertThatExceptionOfType(AnomalyException.class).isThrownBy(() -> QueryForm.parse(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find (sample 2 ?e) :where [?e]]",
                "[:find (rand 2 ?e) :where [?e]]",
                "[:find (rand ?e) :where [?e]]",
                "[:find ?r :where [?e] [(rand-int 10) ?r]]",
                "[:find ?r :where [?e] [(clojure.core/rand-nth [1 2]) ?r]]",
                "[:find ?r :where [?e] (or [(clojure.core/random-uuid) ?r] [(shuffle [1 2]) ?r])]",
                "[:find ?r :where [(q [:find (sample 1 ?x) :where [?x]] $) ?r]]",
                "[:find ?r :where [?e] [(f {:k #{rand}}) ?r]]"
            })
    void chanceIsNoticedWhereverItStands(String query) {
        assertThat(QueryForm.parse(query).repeatable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?rand :where [?rand :sample ?shuffle]]",
                "[:find ?e :where [?e :rand 'rand']]",
                "[:find (count ?e) :where [?e]]"
            })
    void namesThatOnlyLookLikeChanceAreNot(String query) {
        assertThat(QueryForm.parse(Edn.read(query)).repeatable()).isTrue();
    }
}
