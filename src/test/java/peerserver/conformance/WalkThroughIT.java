package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way that the client's own documentation leads a newcomer, step by step. */
@ExtendWith(SharedPeerServer.class)
class WalkThroughIT extends Conformance {

    private static final String ALL_TITLES = "[:find ?title :where [_ :movie/title ?title]]";
    private static final String TITLES_OF_1985 =
            "[:find ?title :where [?e :movie/title ?title] [?e :movie/release-year 1985]]";

    WalkThroughIT(Target target) {
        super(target);
    }

    @Test
    void fromTheFirstConnectionToTheHistoryOfAFact() {
        assertThat(client.listDatabases()).contains("hello");
        Connection conn = client.connect("hello");

        TxReport schema = conn.transact("""
                [{:db/ident :movie/title
                  :db/valueType :db.type/string
                  :db/cardinality :db.cardinality/one
                  :db/doc "The title of the movie"}
                 {:db/ident :movie/genre
                  :db/valueType :db.type/string
                  :db/cardinality :db.cardinality/one
                  :db/doc "The genre of the movie"}
                 {:db/ident :movie/release-year
                  :db/valueType :db.type/long
                  :db/cardinality :db.cardinality/one
                  :db/doc "The year the movie was released in theaters"}]""");
        assertThat(schema.txData()).hasSizeGreaterThan(12);
        assertThat(schema.t()).isGreaterThan(schema.dbBefore().t());

        conn.transact("""
                [{:movie/title "The Goonies" :movie/genre "action/adventure" :movie/release-year 1985}
                 {:movie/title "Commando" :movie/genre "thriller/action" :movie/release-year 1985}
                 {:movie/title "Repo Man" :movie/genre "punk dystopia" :movie/release-year 1984}]""");
        DbValue old = conn.db();
        assertThat(Clj.set(old.q(ALL_TITLES))).isEqualTo(Clj.edn("#{[\"Commando\"] [\"The Goonies\"] [\"Repo Man\"]}"));
        assertThat(Clj.set(old.q(TITLES_OF_1985))).isEqualTo(Clj.edn("#{[\"Commando\"] [\"The Goonies\"]}"));
        assertThat(Clj.set(old.q(
                        "[:find ?title ?year ?genre :where [?e :movie/title ?title] [?e :movie/release-year ?year]"
                                + " [?e :movie/genre ?genre] [?e :movie/release-year 1984]]")))
                .isEqualTo(Clj.edn("#{[\"Repo Man\" 1984 \"punk dystopia\"]}"));

        long commando = (long) old.single("[:find ?e :where [?e :movie/title \"Commando\"]]");
        TxReport changed = conn.transact("[{:db/id %d :movie/genre \"future governor\"}]", commando);
        assertThat(changed.txData()).extracting(Datom::added).containsExactlyInAnyOrder(true, true, false);

        String genre = "[:find ?genre :in $ ?e :where [?e :movie/genre ?genre]]";
        assertThat(conn.db().single(genre, commando)).isEqualTo("future governor");
        assertThat(conn.db().asOf(old.t()).single(genre, commando)).isEqualTo("thriller/action");
        assertThat(old.single(genre, commando)).isEqualTo("thriller/action");
        assertThat(Clj.set(conn.db().history().q(genre, commando)))
                .isEqualTo(Clj.edn("#{[\"thriller/action\"] [\"future governor\"]}"));
    }
}
