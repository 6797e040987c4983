package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What queries find. */
abstract class QueryConformance extends Conformance {

    private DbValue db;

    QueryConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("""
                [{:db/ident :band/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :band/year :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
                 {:db/ident :band/genre :db/valueType :db.type/keyword :db/cardinality :db.cardinality/many}
                 {:db/ident :band/after :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}]""");
        db = hello.transact("""
                        [{:db/id "q" :band/name "Quarrymen" :band/year 1956 :band/genre [:skiffle]}
                         {:db/id "b" :band/name "Beatles" :band/year 1960 :band/genre [:rock :pop] :band/after "q"}
                         {:db/id "w" :band/name "Wings" :band/year 1971 :band/genre [:rock] :band/after "b"}
                         {:db/id "k" :band/name "Kinks" :band/year 1963}]""").dbAfter();
    }

    @Test
    void findsRelations() {
        finds(
                "[:find ?n ?y :where [?b :band/name ?n] [?b :band/year ?y] [(< ?y 1963)]]",
                "#{[\"Quarrymen\" 1956] [\"Beatles\" 1960]}");
    }

    @Test
    void findsNothingAsAnEmptyCollection() {
        assertThat(db.q("[:find ?b :where [?b :band/name \"Stones\"]]")).isEmpty();
    }

    @Test
    void joinsOverReferences() {
        finds(
                "[:find ?n ?m :where [?b :band/after ?a] [?b :band/name ?n] [?a :band/name ?m]]",
                "#{[\"Beatles\" \"Quarrymen\"] [\"Wings\" \"Beatles\"]}");
    }

    @Test
    void aggregates() {
        finds("[:find (count ?b) (min ?y) (max ?y) (sum ?y) :where [?b :band/year ?y]]", "#{[4 1956 1971 7850]}");
        finds("[:find ?g (count ?b) :where [?b :band/genre ?g]]", "#{[:skiffle 1] [:rock 2] [:pop 1]}");
        finds("[:find (distinct ?g) :where [_ :band/genre ?g]]", "#{[#{:skiffle :rock :pop}]}");
        finds("[:find (min 2 ?y) :where [_ :band/year ?y]]", "#{[[1956 1960]]}");
    }

    @Test
    void withKeepsDuplicatesForAnAggregate() {
        String genres = "[:find (count ?r) %s :where [?b :band/genre :rock] [(ground 1) ?r]]";

        finds(genres.formatted(""), "#{[1]}");
        finds(genres.formatted(":with ?b"), "#{[2]}");
    }

    @Test
    void averagesAreDoubles() {
        assertThat(db.single("[:find (avg ?y) :with ?b :where [?b :band/year ?y] [(< ?y 1961)]]"))
                .isEqualTo(1958.0);
    }

    @Test
    void negates() {
        finds("[:find ?n :where [?b :band/name ?n] (not [?b :band/genre])]", "#{[\"Kinks\"]}");
        finds(
                "[:find ?n :where [?b :band/name ?n] (not-join [?b] [?c :band/after ?b] [?c :band/genre :rock])]",
                "#{[\"Wings\"] [\"Kinks\"]}");
    }

    @Test
    void takesAlternatives() {
        finds(
                "[:find ?n :where [?b :band/name ?n] (or [?b :band/year 1956] (and [?b :band/genre :rock] [?b :band/year 1971]))]",
                "#{[\"Quarrymen\"] [\"Wings\"]}");
        finds(
                "[:find ?n :where [?b :band/name ?n] (or-join [?b] (and [?b :band/after ?a] [?a :band/year 1956]) [?b :band/year 1963])]",
                "#{[\"Beatles\"] [\"Kinks\"]}");
    }

    @Test
    void followsRecursiveRules() {
        Object rules = Clj.edn("[[(descends ?b ?a) [?b :band/after ?a]]"
                + " [(descends ?b ?a) [?b :band/after ?m] (descends ?m ?a)]]");

        List<Object> rows = db.q(
                "[:find ?n :in $ % ?root :where [?a :band/name ?root] (descends ?b ?a) [?b :band/name ?n]]",
                rules, "Quarrymen");

        assertThat(Clj.set(rows)).isEqualTo(Clj.edn("#{[\"Beatles\"] [\"Wings\"]}"));
    }

    @Test
    void callsFunctionsAndPredicates() {
        finds(
                "[:find ?n ?d :where [?b :band/name ?n] [?b :band/year ?y] [(- ?y 1950) ?d] [(> ?d 20)]]",
                "#{[\"Wings\" 21]}");
        finds(
                "[:find ?n ?g :where [?b :band/name ?n] [?b :band/year 1963] [(get-else $ ?b :band/genre :none) ?g]]"
                        .replace(":band/genre :none", ":band/after -1"),
                "#{[\"Kinks\" -1]}");
        finds("[:find ?n :where [?b :band/name ?n] [(missing? $ ?b :band/genre)]]", "#{[\"Kinks\"]}");
        finds("[:find ?x ?y :where [(ground [[1 :a] [2 :b]]) [[?x ?y]]]]", "#{[1 :a] [2 :b]}");
        finds("[:find ?t :where [?b :band/name \"Wings\"] [(tuple ?b 7) ?u] [(untuple ?u) [_ ?t]]]", "#{[7]}");
    }

    @Test
    void bindsTransactionsAndOperations() {
        List<Object> rows = db.history().q("[:find ?tx ?added :where [?b :band/name \"Kinks\" ?tx ?added]]");

        assertThat(rows).hasSize(1);
        assertThat(Clj.list(rows.get(0)).get(1)).isEqualTo(true);
    }

    @Test
    void pullsInFind() {
        finds(
                "[:find (pull ?b [:band/name {:band/after [:band/name]}]) :where [?b :band/name \"Wings\"]]",
                "#{[{:band/name \"Wings\" :band/after {:band/name \"Beatles\"}}]}");
        finds(
                "[:find ?y (pull ?b [:band/name]) :where [?b :band/year ?y] [(> ?y 1962)]]",
                "#{[1971 {:band/name \"Wings\"}] [1963 {:band/name \"Kinks\"}]}");
    }

    @Test
    void pullsByASelectorGivenAsInput() {
        List<Object> rows =
                db.q("[:find (pull ?b selector) :in $ selector :where [?b :band/year 1956]]", Clj.edn("[:band/name]"));

        assertThat(rows).isEqualTo(Clj.edn("[[{:band/name \"Quarrymen\"}]]"));
    }

    @Test
    void queriesInsideAQuery() {
        finds(
                "[:find ?n :where [(q (quote [:find (max ?y) :where [_ :band/year ?y]]) $) [[?newest]]] [?b :band/year ?newest] [?b :band/name ?n]]",
                "#{[\"Wings\"]}");
    }

    private void finds(String query, String rows) {
        assertThat(Clj.set(db.q(query))).isEqualTo(Clj.edn(rows));
    }
}
