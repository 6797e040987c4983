package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What queries take: their forms, their inputs, several databases at once. */
abstract class QueryInputsConformance extends Conformance {

    private static final String SCHEMA =
            "[{:db/ident :town/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                    + " :db/unique :db.unique/identity}"
                    + " {:db/ident :town/people :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]";

    private DbValue db;
    private DbValue otherDb;

    QueryInputsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact(SCHEMA);
        db = hello.transact("[{:town/name \"Oslo\" :town/people 700} {:town/name \"Bergen\" :town/people 290}"
                        + " {:town/name \"Bodø\" :town/people 53}]")
                .dbAfter();
        Connection other = client.connect(Target.OTHER);
        other.transact(SCHEMA);
        otherDb = other.transact("[{:town/name \"Oslo\" :town/people 1} {:town/name \"Paris\" :town/people 2100}]")
                .dbAfter();
    }

    @Test
    void bindsAScalar() {
        finds("[:find ?p :in $ ?n :where [?c :town/name ?n] [?c :town/people ?p]]", "#{[53]}", "Bodø");
    }

    @Test
    void bindsACollection() {
        String query = "[:find ?p :in $ [?n ...] :where [?c :town/name ?n] [?c :town/people ?p]]";

        finds(query, "#{[53] [700]}", Clj.edn("[\"Bodø\" \"Oslo\"]"));
        finds(query, "#{[53] [700]}", Clj.edn("#{\"Bodø\" \"Oslo\"}"));
        finds(query, "#{[53] [700]}", Clj.edn("(\"Bodø\" \"Oslo\")"));
        finds(query, "#{}", Clj.edn("[]"));
    }

    @Test
    void bindsATuple() {
        finds(
                "[:find ?n :in $ [?low ?high] :where [?c :town/people ?p] [(< ?low ?p)] [(< ?p ?high)] [?c :town/name ?n]]",
                "#{[\"Bergen\"]}",
                Clj.edn("[100 500]"));
    }

    @Test
    void bindsARelation() {
        String query = "[:find ?n ?x :in $ [[?n ?x]] :where [?c :town/name ?n]]";

        finds(query, "#{[\"Oslo\" :a] [\"Bodø\" :b]}", Clj.edn("[[\"Oslo\" :a] [\"Bodø\" :b] [\"Rome\" :c]]"));
        finds(query, "#{[\"Oslo\" 1]}", Clj.edn("{\"Oslo\" 1, \"Rome\" 2}"));
    }

    @Test
    void resolvesALookupRefGivenAsInput() {
        finds("[:find ?p :in $ ?c :where [?c :town/people ?p]]", "#{[290]}", Clj.edn("[:town/name \"Bergen\"]"));
    }

    @Test
    void queriesDataThatIsNoDatabase() {
        List<Object> rows = Clj.list(RealClient.api("q")
                .invoke(Clj.mapOf(
                        "query", Clj.edn("[:find ?n ?x :in $ $data :where [?c :town/name ?n] [$data ?n ?x]]"),
                        "args", Clj.vector(db.it(), Clj.edn("[[\"Oslo\" 9] [\"Rome\" 8]]")))));

        assertThat(rows).isEqualTo(Clj.edn("[[\"Oslo\" 9]]"));
    }

    @Test
    void takesTheDatabaseAtAnyPlaceAmongTheInputs() {
        Object rows = RealClient.api("q")
                .invoke(Clj.mapOf(
                        "query", Clj.edn("[:find ?p :in ?n $ :where [?c :town/name ?n] [?c :town/people ?p]]"),
                        "args", Clj.vector("Oslo", db.it())));

        assertThat(rows).isEqualTo(Clj.edn("[[700]]"));
    }

    @Test
    void takesQueriesAsListMapAndText() {
        String list = "[:find ?n :in $ ?p :where [?c :town/people ?p] [?c :town/name ?n]]";
        Object text = RT.printString(list);

        Object expected = Clj.edn("[[\"Oslo\"]]");
        assertThat(db.q(list, 700)).isEqualTo(expected);
        assertThat(db.q("{:find [?n] :in [$ ?p] :where [[?c :town/people ?p] [?c :town/name ?n]]}", 700))
                .isEqualTo(expected);
        assertThat(db.q((String) text, 700)).isEqualTo(expected);
    }

    @Test
    void returnsMapsWhenAsked() {
        String query = "[:find ?n ?p :%s name people :where [?c :town/name ?n] [?c :town/people ?p] [(= ?p 53)]]";

        assertThat(RT.get(db.q(query.formatted("keys")).get(0), Clj.keyword("people")))
                .isEqualTo(53L);
        assertThat(RT.get(db.q(query.formatted("strs")).get(0), "name")).isEqualTo("Bodø");
        assertThat(RT.get(db.q(query.formatted("syms")).get(0), Clj.edn("people")))
                .isEqualTo(53L);
    }

    @Test
    void joinsDifferentDatabases() {
        finds(
                "[:find ?n ?p ?q :in $ $other :where [$ ?c :town/name ?n] [$ ?c :town/people ?p]"
                        + " [$other ?d :town/name ?n] [$other ?d :town/people ?q]]",
                "#{[\"Oslo\" 700 1]}",
                otherDb);
    }

    @Test
    void joinsOneDatabaseAtDifferentTimes() {
        DbValue later =
                hello.transact("[{:town/name \"Bergen\" :town/people 300}]").dbAfter();

        List<Object> rows = later.q(
                "[:find ?p ?q :in $ $old :where [?c :town/name \"Bergen\"] [?c :town/people ?p] [$old ?c :town/people ?q]]",
                later.asOf(db.t()));

        assertThat(rows).isEqualTo(Clj.edn("[[300 290]]"));
        hello.transact("[{:town/name \"Bergen\" :town/people 290}]");
    }

    @Test
    void takesEveryShapeOfDataAsInput() {
        String echo = "[:find ?x :in $ ?x :where [?c :town/name \"Oslo\"]]";

        for (String value : List.of(
                "1",
                "1.5",
                "2N",
                "1.50M",
                "\"text\"",
                "true",
                "false",
                ":a/b",
                "sym/bol",
                "#inst \"2020-01-02T03:04:05.678-00:00\"",
                "#uuid \"00000000-0000-0000-0000-00000000000a\"",
                "{:a [1 {:b #{2 3}}] \"s\" nil}",
                "#{:a \"b\" 3}",
                "[nil [] {} #{}]",
                "(1 (2 3))")) {
            assertThat(db.single(echo, Clj.edn(value))).as(value).isEqualTo(Clj.edn(value));
        }
    }

    private void finds(String query, String rows, Object... inputs) {
        assertThat(Clj.set(db.q(query, inputs))).isEqualTo(Clj.edn(rows));
    }
}
