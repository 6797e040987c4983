package peerserver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clojure.lang.Keyword;
import clojure.lang.RT;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.config.CodeConfig;
import peerserver.db.DbValue;
import peerserver.db.FakeDbValue;
import peerserver.db.TransactionReport;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;

/** Forms are written as text in which {@code '} stands for {@code "}. */
class CodeCheckTest {

    private static final int LONGEST = 1_000;

    private static final CodeCheck CHECK = allowing();

    private static CodeCheck allowing(String... names) {
        return new CodeCheck(new CodeConfig(List.of(names), LONGEST), CodeCheckTest.class.getClassLoader());
    }

    private static Object read(String edn) {
        return EdnCodec.readString(edn.replace('\'', '"'));
    }

    private static List<@Nullable Object> check(CodeCheck check, String query, Object... more) {
        List<Object> args = new ArrayList<>();
        args.add(Map.of());
        args.addAll(List.of(more));
        return check.query(QueryForm.parse(read(query)), args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?x :where [?x :a/b]]",
                "[:find ?x :where [_ ?a 'v' ?tx true] [?a :db/ident ?x]]",
                "[:find ?x ?y :with ?z :keys a b :where [?x :a/b ?y] [$ ?x :a/c ?z]]",
                "[:find (pull ?x [*]) (pull $ ?x [:a {:b [:c]}]) (count ?y) (sample 2 ?y) :where [?x :a/b ?y]]",
                "[:find (clojure.core/set ?y) (first ?y) :where [?x :a/b ?y]]",
                "[:find ?y :where [?x :a/b ?y] [(<= 'Q' ?y)] [(clojure.string/starts-with? ?y 'Q')]]",
                "[:find ?y :where [(ground [[1 :a] [2 :b]]) [[?x ?y]]] [(tuple ?x ?y) ?t] [(untuple ?t) [_ ?z]]]",
                "[:find ?y :where [?x :a/b] [(get-else $ ?x :a/c 'none') ?y] [(missing? $ ?x :a/d)]]",
                "[:find ?y :where [?x :a/b] [(get-some $ ?x :a/c :a/d) [?a ?y]]]",
                "[:find ?n :where [(fulltext $ :a/b 'Jane') [[?e ?n ?tx ?score]]]]",
                "[:find ?y :where [?x :a/b ?s] [(.contains ^String ?s 'woo')] [(.length ?s) ?y]]",
                "[:find ?y :where [?x :a/b ?m] [(:key ?m) ?y]]",
                "[:find ?x :where [?x :a/b] (not [?x :a/c]) (not-join [?x] [?x :a/d ?y] [?y :a/e])]",
                "[:find ?x :where (or [?x :a/b] (and [?x :a/c ?y] [?y :a/d])) (or-join [?x] [?x :a/e])]",
                "[:find ?x :where ($ not [?x :a/c]) [?x :a/b #inst '2020-01-01']]",
                "[:find ?x :where [(q (quote [:find (min ?d) :where [_ :a/b ?d]]) $) [[?x]]]]",
                "[:find ?x :where [?a :a/b ?v] [(q (quote [:find ?y :in $ ?z :where [?z :a/c ?y]]) $ ?a) [[?x]]]]",
                "[:find ?x :where [(q (quote [:find ?y :in $ % :where (r ?y)]) $ (quote [[(r ?y) [?y :a/b]]])) [[?x]]]]",
                "[:find ?x :where [(q (quote [:find (pull ?y p) :in $ p :where [?y :a/b]]) $ [:a/b]) [[?x]]]]",
                "[:find ?x :in $ [?a ...] [[?b ?c]] [?d _] :where [?x ?a ?b ?c ?d]]",
                "[:find ?x :where [(partition 2 1 [0] [1 2]) [?x]] [(take-nth 2 [1 2 3]) [?x ...]]]",
                "[:find ?x :timeout 1000 :where [?x :a/b]]"
            })
    void letsDocumentedQueriesPass(String query) {
        assertThatCode(() -> check(CHECK, query)).doesNotThrowAnyException();
    }

    @Test
    void letsRulesAndSelectorsPassAndHandsThemOnParsed() {
        String rules = "[[(r [?x] ?y) [?x :a/b ?y] (s ?y)] [(s ?y) [(odd? ?y)]]]";

        List<@Nullable Object> args =
                check(CHECK, "[:find (pull ?x p) :in $ % p :where ($ r ?x 1)]", rules, "[[:a/b :xform str]]");

        assertThat(args).containsExactly(Map.of(), read(rules), read("[[:a/b :xform str]]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[(clojure.java.shell/sh 'id') ?x]|clojure.java.shell/sh",
                "[(Class/forName 'x') ?x]|Class/forName",
                "[(java.io.File. 'x') ?x]|java.io.File.",
                "[(.delete ?f) ?x]|.delete",
                "[(map inc [1 2]) ?x]|map",
                "[(identity inc) ?x]|inc",
                "[(sort ?f ?c) ?x]|sort",
                "[(identity $) ?x]|$",
                "[(?f 1) ?x]|?f",
                "[(take-nth 0 [1]) ?x]|take-nth",
                "[(take-nth ?f [1]) ?x]|take-nth",
                "[(clojure.core/partition 0 [1]) ?x]|clojure.core/partition",
                "[(partition 1 0 [1]) ?x]|partition",
                "[(partition 1 ?f [1]) ?x]|partition",
                "[(bigdec '1e200000000') ?x]|bigdec",
                "[(q ?query $) ?x]|q with a query that is not quoted"
            })
    void aRefusalNamesTheSymbol(String clause, String named) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> check(CHECK, "[:find ?x :in $ ?f ?c ?query :where " + clause + "]"))
                .withMessage("The code of this access key is confined and may not use " + named
                        + "; the server's operator can allow it")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(and [?x :a/c])",
                "[and [?x :a/c]]",
                "($ and [?x :a/c])",
                "(not (and [?x :a/c]))",
                "(or [?x :a/c] ($ and [?x :a/d]))",
                "(or (and [?x :a/c] (and [?x :a/d])))",
                "(or-join [?x] (not-join [?x] (and [?x :a/d])))"
            })
    void severalClausesStandTogetherInAnAlternativeOnly(String clause) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> check(CHECK, "[:find ?x :where [?x :a/b] " + clause + "]"))
                .withMessageContaining("may not use and outside of or")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(rand 100001 ?y)", "(sample 2000000000 ?y)", "(max 1e9 ?y)", "(min ?x ?y)", "(rand 3N ?y)"})
    void anAggregateYieldsNoMoreThanSoMany(String aggregate) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> check(CHECK, "[:find " + aggregate + " :where [?x :a/b ?y]]"))
                .withMessageContaining("of more than 100000");
        assertThatCode(() -> check(CHECK, "[:find (rand 100000 ?y) (max ?y) :where [?x :a/b ?y]]"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my.app/age|[(my.app/age ?x) ?y]",
                "my.app/age|[(my.app/age $ ?x) ?y]",
                "re-find|[(clojure.core/re-find ?x ?y)]",
                "clojure.core/map|[(map inc ?x) ?y]",
                ".split|[(.split ?x \" \") ?y]",
                "java.util.Arrays/equals|[(java.util.Arrays/equals ?x ?y)]"
            })
    void operatorsWidenWhatIsAllowed(String name, String clause) {
        String query = "[:find ?x :where [?x :a/b ?y] " + clause + "]";

        assertThatExceptionOfType(AnomalyException.class).isThrownBy(() -> check(CHECK, query));
        assertThatCode(() -> check(allowing(name), query)).doesNotThrowAnyException();
    }

    @Test
    void whatIsAllowedMayOnlyBeGivenFunctionsThatAreAllowedThemselves() {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> check(allowing("map"), "[:find ?y :where [?x :a/b ?c] [(map slurp ?c) ?y]]"))
                .withMessageContaining("slurp");
    }

    @Test
    void noTextIsLongerThanAllowed() {
        String longest = "x".repeat(LONGEST);
        QueryForm query = QueryForm.parse(read("[:find ?e :in $ ?x :where [?e :x/s ?x]]"));
        assertThatCode(() -> CHECK.query(query, List.of(Map.of(), longest))).doesNotThrowAnyException();
        assertThatCode(() -> CHECK.transaction(transaction(longest), new FakeDbValue("d", 1)))
                .doesNotThrowAnyException();

        String longer = longest + 'x';
        List<ThrowingCallable> refused = List.of(
                () -> CHECK.query(query, List.of(Map.of(), longer)),
                () -> CHECK.query(query, List.of(Map.of(), List.of(Map.of("a", List.of(new byte[LONGEST + 1]))))),
                () -> CHECK.query(QueryForm.parse(read("[:find ?e :where [?e :x/s \"" + longer + "\"]]")), List.of()),
                () -> CHECK.transaction(transaction(longer), new FakeDbValue("d", 1)));
        assertThat(refused).allSatisfy(check -> assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(check)
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT)));
    }

    private static TransactionForm transaction(String text) {
        return TransactionForm.parse(
                List.of(List.of(Keyword.intern("db", "add"), "t", Keyword.intern("x", "s"), text)));
    }

    /** A database of which only what it pulls is to be known. */
    private abstract static class Pulled extends FakeDbValue {
        Pulled() {
            super("d", 1);
        }

        @Override
        public TransactionReport with(TransactionForm transaction, @Nullable Keyword ioContext) {
            return new TransactionReport(this, this, List.of(), Map.of(), Map.of());
        }
    }

    /** A database that cannot tell the ids of its attributes but answers like this. */
    private static DbValue answering(Anomaly anomaly) {
        return new Pulled() {
            @Override
            public Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
                throw anomaly.exception();
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionIsNotCheckedWhereItIsNotKnownWhichAttributesHoldCode(Category category) {
        TransactionForm byNumber = TransactionForm.parse(read("[[:db/add :x/s 72 \"v\"]]"));
        Anomaly anomaly = Anomaly.of(category, "not now");

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> CHECK.transaction(byNumber, answering(anomaly)))
                .satisfies(e -> assertThat(e.anomaly()).isEqualTo(anomaly));
        assertThatCode(() -> CHECK.transaction(
                        byNumber,
                        answering(new Anomaly(
                                Category.INCORRECT,
                                "absent",
                                Map.of(Keyword.intern("db", "error"), Keyword.intern("db.error", "not-an-entity"))))))
                .doesNotThrowAnyException();
    }

    /** A database that knows one ident, with that id. */
    private static DbValue knowing(Keyword ident, @Nullable Long id) {
        return new Pulled() {
            @Override
            public Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
                return entity.equals(ident) ? RT.map(Keyword.intern("db", "id"), id) : RT.map();
            }
        };
    }

    @Test
    void anAttributeWithASymbolIsSubmittedByItsId() {
        DbValue value = knowing(Keyword.intern("y", "s"), 90L);
        TransactionForm form = TransactionForm.parse(read("""
                [[:db/add "t" :y/s a] [:db/cas "t" [:db/ident y/s] nil a]
                 {:db/id [:y/s a] :y/s [b] :x/_r "c" :x/ref {":y/s" c :x/n 1} 91 [d]} [:db/add "t" :x/n 1] [:db/retractEntity :a :b :d]]"""));

        assertThat(CHECK.transaction(form, value).data()).isEqualTo(read("""
                [[:db/add "t" 90 a] [:db/cas "t" 90 nil a]
                 {:db/id [:y/s a] 90 [b] :x/_r "c" :x/ref {90 c :x/n 1} 91 [d]} [:db/add "t" :x/n 1] [:db/retractEntity :a :b :d]]"""));
    }

    @ParameterizedTest
    @CsvSource({"4294967386, FORBIDDEN", "17592186044487, FORBIDDEN", "-5, FORBIDDEN", ", INCORRECT"})
    void anAttributeWithASymbolHasToHaveTheIdOfAnAttribute(@Nullable Long id, Category category) {
        TransactionForm form = TransactionForm.parse(read("[{:y/s a}]"));

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> CHECK.transaction(form, knowing(Keyword.intern("y", "s"), id)))
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(category));
    }

    @Test
    void anAttributeWithASymbolIsInAMapOnce() {
        TransactionForm form = TransactionForm.parse(read("[{:y/s a 90 b}]"));

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> CHECK.transaction(form, knowing(Keyword.intern("y", "s"), 90L)))
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    @Test
    void functionsForXformAreReadFromTheClassPath() {
        URL extensions = Objects.requireNonNull(CodeCheckTest.class.getResource("/escape/extensions/"));
        SelectorForm selector = SelectorForm.parse(read("[[:a/b :xform escape.marks/hit]]"));

        assertThatExceptionOfType(AnomalyException.class).isThrownBy(() -> CHECK.selector(selector));
        assertThatCode(() -> new CodeCheck(
                                new CodeConfig(List.of(), LONGEST),
                                new URLClassLoader(new URL[] {extensions}, CodeCheckTest.class.getClassLoader()))
                        .selector(selector))
                .doesNotThrowAnyException();
    }

    @Test
    void whatLooksLikeAnXformInASelectorButIsAnAttributePasses() {
        assertThatCode(() -> CHECK.selector(SelectorForm.parse(read("[:my/xform :my/name]"))))
                .doesNotThrowAnyException();
    }
}
