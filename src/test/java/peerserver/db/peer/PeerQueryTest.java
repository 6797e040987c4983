package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static peerserver.db.peer.TestDatabase.query;
import static peerserver.db.peer.TestDatabase.read;

import datomic.Peer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.QueryOptions;
import peerserver.db.QueryResult;
import peerserver.db.Rows;
import peerserver.form.QueryForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerQueryTest {

    private final TestDatabase database = new TestDatabase(
            TestDatabase.schema(
                    ":p/name string :db/unique :db.unique/identity",
                    ":p/age long",
                    ":p/friend ref :db/cardinality :db.cardinality/many",
                    ":p/nick string :db/cardinality :db.cardinality/many"),
            """
            [{:db/id 'a' :p/name 'Ada' :p/age 36 :p/friend ['b' 'c'] :p/nick ['A' 'AA']}
             {:db/id 'b' :p/name 'Bob' :p/age 36 :p/friend ['a']}
             {:db/id 'c' :p/name 'Cyd' :p/age 7 :p/friend ['a' 'b' 'c']}
             {:p/name 'Dee' :p/age 36}]
            """);
    private final TestDatabase other =
            new TestDatabase(TestDatabase.schema(":q/name string"), "[{:q/name 'Bob'} {:q/name 'Eve'}]");

    @AfterAll
    void close() {
        database.close();
        other.close();
    }

    private static List<Object> all(Rows rows) {
        List<Object> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        return all;
    }

    private static Set<Object> set(Collection<?> rows) {
        Set<Object> set = new HashSet<>();
        rows.forEach(row -> set.add(row instanceof Map ? row : new ArrayList<>((List<?>) row)));
        return set;
    }

    /** Asserts that the rows are those of the engine's own query. */
    private void assertSameRows(String query, @Nullable Object... more) {
        List<@Nullable Object> args = new ArrayList<>();
        args.add(database.value().database());
        for (Object arg : more) {
            args.add(arg instanceof PeerDbValue value ? value.database() : arg);
        }
        Collection<?> expected = (Collection<?>) Peer.query(read(query), args.toArray());
        List<Object> rows = all(query(database.value(), query, more).rows());

        assertThat(set(rows)).isEqualTo(set(expected)).isNotEmpty();
        assertThat(rows).hasSameSizeAs(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?n ?a :where [?e :p/name ?n] [?e :p/age ?a]]",
                "[:find (pull ?e [:p/name {:p/friend [:p/name]}]) :where [?e :p/age 36]]",
                "[:find (pull ?e [:p/age]) :where [?e :p/age]]",
                "[:find (pull ?e [:p/nick]) :where [?e :p/age]]",
                "[:find ?n (pull ?e [*]) ?a :where [?e :p/name ?n] [?e :p/age ?a]]",
                "[:find (pull $ ?e [:p/name]) (pull ?f [:p/age :db/id]) :where [?e :p/friend ?f]]",
                "[:find (pull ?f [:p/name]) (count ?e) :where [?e :p/friend ?f]]",
                "[:find ?a (count ?e) (min ?n) :with ?f :where [?e :p/age ?a] [?e :p/name ?n] [?e :p/friend ?f]]",
                "[:find (count ?e) (sum ?a) :with ?n :where [?e :p/age ?a] [?e :p/name ?n]]",
                "[:find ?n ?a :keys name age :where [?e :p/name ?n] [?e :p/age ?a]]",
                "[:find ?n (pull ?e [:p/age]) :strs name e :where [?e :p/name ?n]]",
                "[:find (pull ?e [:p/age]) :syms e :where [?e :p/name]]",
                "[:find (pull ?e [(:p/name :as :n) (limit :p/friend 1)]) :where [?e :p/age 36]]"
            })
    void theRowsAreThoseOfTheEngine(String query) {
        assertSameRows(query);
    }

    @Test
    void thePatternCanBeAnInput() {
        assertSameRows("[:find (pull ?e p) ?n :in $ p :where [?e :p/name ?n]]", read("[:p/age {:p/friend [:p/name]}]"));
        assertSameRows("[:find (pull ?e pattern) :in $ pattern ?a :where [?e :p/age ?a]]", read("[:p/name]"), 36L);
    }

    @Test
    void severalDatabasesCanBeJoinedAndPulledFrom() {
        assertSameRows(
                "[:find ?n (pull ?e [:p/age]) (pull $other ?o [:q/name]) :in $ $other"
                        + " :where [?e :p/name ?n] [$other ?o :q/name ?n]]",
                other.value());
        assertSameRows("[:find (pull $other ?o [*]) :in $ $other :where [$other ?o :q/name]]", other.value());
    }

    @Test
    void aSourceCanBeAnEarlierValueOfTheSameDatabase() {
        PeerDbValue before = database.value();
        try (TestDatabase changing = new TestDatabase(TestDatabase.schema(":x/n long"), "[{:db/ident :it :x/n 1}]")) {
            PeerDbValue old = changing.value();
            changing.transact("[{:db/id :it :x/n 2}]");

            assertThat(all(query(
                                    changing.value(),
                                    "[:find (pull ?e [:x/n]) (pull $old ?e [:x/n]) :in $ $old :where [?e :x/n 2]]",
                                    old)
                            .rows()))
                    .isEqualTo(List.of(read("[{:x/n 2} {:x/n 1}]")));
        }
        assertThat(before.basisT()).isEqualTo(database.value().basisT());
    }

    @Test
    void aVariableCanBePulledAndBeAColumnToo() {
        Object ada = database.entity("[:p/name 'Ada']");

        assertThat(all(query(
                                database.value(),
                                "[:find (pull ?e [:p/age]) ?e (pull ?e [:p/name]) :in $ ?n :where [?e :p/name ?n]]",
                                "Ada")
                        .rows()))
                .containsExactly(List.of(read("{:p/age 36}"), ada, read("{:p/name 'Ada'}")));
    }

    @Test
    void aVariableCanBeAskedForTwice() {
        assertThat(all(query(database.value(), "[:find ?n ?a ?n :where [?e :p/name ?n] [?e :p/age ?a] [(< ?a 10)]]")
                        .rows()))
                .containsExactly(List.of("Cyd", 7L, "Cyd"));
    }

    @Test
    void inputsCanBeCollectionsAndRules() {
        assertSameRows("[:find ?n :in $ [?a ...] :where [?e :p/age ?a] [?e :p/name ?n]]", read("[7 8]"));
        assertSameRows(
                "[:find ?n :in $ % ?a :where (aged ?e ?a) [?e :p/name ?n]]",
                read("[[(aged ?e ?a) [?e :p/age ?a]]]"), 36L);
    }

    @Test
    void rowsComeInTheSameOrderWhateverTheOrderOfTheClauses() {
        assertThat(all(query(database.value(), "[:find (pull ?e [:p/name]) ?f :where [?e :p/friend ?f] [?e :p/age]]")
                        .rows()))
                .isEqualTo(all(
                        query(database.value(), "[:find (pull ?e [:p/name]) ?f :where [?e :p/age] [?e :p/friend ?f]]")
                                .rows()));
    }

    @Test
    void noEntityIsPulledBeforeItsRowIsRead() {
        Rows rows = query(database.value(), "[:find (pull ?e [(nonsense :p/name)]) :where [?e :p/name]]")
                .rows();

        assertThat(rows.size()).hasValue(4);
        assertThat(rows.hasNext()).isTrue();
        rows.skip(2);
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(rows::next)
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    @Test
    void aQueryPastItsTimeoutIsInterrupted() {
        QueryForm slow = QueryForm.parse(read(
                "[:find (count ?a) :with ?b ?c ?d :where [?a :db/ident] [?b :db/ident] [?c :db/ident] [?d :db/ident]"
                        + " [(< ?a ?b ?c ?d)]]"));

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() ->
                        database.value().query(slow, List.of(database.value()), new QueryOptions(20, null, false)))
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INTERRUPTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?e :where [?e :p/unknown]]",
                "[:find ?x :where [?e :p/name]]",
                "[:find ?e :where [(no-such-function ?e)]]",
                "[:find ?e :in $ ?missing :where [?e :p/name ?missing]]",
                "[:find nil :where [?e :p/name]]",
                "[:find ?e :where (or [?e :p/name ?n] [?e :p/name ?m])]",
                "[:find (pull ?e) :where [?e :p/name]]",
                "[:find (max ?n ?n ?n) :where [?e :p/name ?n]]",
                "[:find ?e :where (or [?e :p/name] [?e :p/age ?other])]"
            })
    void aQueryThatTheEngineRefusesIsIncorrect(String query) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> all(query(database.value(), query).rows()))
                .satisfies(e -> {
                    assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT);
                    assertThat(e.anomaly().message()).isNotBlank();
                });
    }

    @Test
    void statisticsComeAsMetadataWhenTheyAreAskedFor() {
        QueryForm query = QueryForm.parse("[:find ?e :where [?e :p/name]]");
        QueryResult result = database.value()
                .query(
                        query,
                        List.of(database.value()),
                        new QueryOptions(60_000, TestDatabase.key("my/context"), true));

        assertThat(all(result.rows())).hasSize(4);
        assertThat(result.metadata()).containsOnlyKeys(TestDatabase.key("io-stats"), TestDatabase.key("query-stats"));
        assertThat(query(database.value(), "[:find ?e :where [?e :p/name]]").metadata())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find (pull ?e [:p/name]) ?n :keys e n :where [?e :p/name ?n]]",
                "{:find [(pull ?e [:p/name])] :where [[?e :p/name]]}"
            })
    void statisticsTellOfTheQueryAsItWasGiven(String text) {
        for (Object given : List.of(text, EdnCodec.readString(text))) {
            QueryResult result = database.value()
                    .query(QueryForm.parse(given), List.of(database.value()), new QueryOptions(60_000, null, true));

            assertThat(result.metadata().get(TestDatabase.key("query-stats")))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry(TestDatabase.key("query"), given);
        }
    }
}
