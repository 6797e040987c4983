package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Pulling entities, and pulling along an index. */
abstract class PullConformance extends Conformance {

    private DbValue db;
    private long album;

    PullConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("""
                [{:db/ident :album/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :album/year :db/valueType :db.type/long :db/cardinality :db.cardinality/one :db/index true}
                 {:db/ident :album/label :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
                 {:db/ident :album/tracks :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
                  :db/isComponent true}
                 {:db/ident :album/artists :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
                 {:db/ident :artist/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :track/position :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
                 {:db/ident :label/apple}]""");
        TxReport report = hello.transact("""
                [{:db/id "album" :album/title "Abbey Road" :album/year 1969 :album/label :label/apple
                  :album/artists [{:artist/name "John"} {:artist/name "Paul"}]
                  :album/tracks [{:track/position 1} {:track/position 2} {:track/position 3}]}
                 {:album/title "Help" :album/year 1965} {:album/title "Let It Be" :album/year 1970}]""");
        album = report.tempid("album");
        db = report.dbAfter();
    }

    /** The db value that is read. */
    final DbValue db() {
        return db;
    }

    @Test
    void pullsAttributes() {
        pulls("[:album/title :album/year]", "{:album/title \"Abbey Road\" :album/year 1969}");
    }

    @Test
    void pullsEverything() {
        Object all = db.pull("[*]", album);

        assertThat(Clj.get(all, "db/id")).isEqualTo(album);
        assertThat(Clj.get(all, "album/title")).isEqualTo("Abbey Road");
        assertThat(Clj.list(Clj.get(all, "album/tracks")))
                .extracting(track -> Clj.get(track, "track/position"))
                .containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(Clj.get(Clj.get(all, "album/label"), "db/id")).isInstanceOf(Long.class);
    }

    @Test
    void pullsNested() {
        pulls("[{:album/label [:db/ident]}]", "{:album/label {:db/ident :label/apple}}");
        Object artists = Clj.get(db.pull("[{:album/artists [:artist/name]}]", album), "album/artists");
        assertThat(Clj.set(artists)).isEqualTo(Clj.edn("#{{:artist/name \"John\"} {:artist/name \"Paul\"}}"));
    }

    @Test
    void pullsBackwards() {
        assertThat(db.pull("[{:album/_artists [:album/title]}]", Clj.edn("[:artist/name \"Paul\"]")))
                .isEqualTo(Clj.edn("{:album/_artists [{:album/title \"Abbey Road\"}]}"));
        Object track = db.single("[:find ?t :in $ ?a :where [?a :album/tracks ?t] [?t :track/position 2]]", album);
        assertThat(db.pull("[{:album/_tracks [:album/title]}]", track))
                .isEqualTo(Clj.edn("{:album/_tracks {:album/title \"Abbey Road\"}}"));
    }

    @Test
    void limitsValuesOfOneAttribute() {
        assertThat(Clj.list(Clj.get(db.pull("[(:album/tracks :limit 2)]", album), "album/tracks")))
                .hasSize(2);
        assertThat(Clj.list(Clj.get(db.pull("[(limit :album/tracks 1)]", album), "album/tracks")))
                .hasSize(1);
        assertThat(Clj.list(Clj.get(db.pull("[[:album/tracks :limit nil]]", album), "album/tracks")))
                .hasSize(3);
    }

    @Test
    void fillsInDefaults() {
        pulls("[(:artist/name :default \"unknown\")]", "{:artist/name \"unknown\"}");
        pulls("[(default :track/position 0)]", "{:track/position 0}");
    }

    @Test
    void renames() {
        pulls("[(:album/title :as :name) [:album/year :as \"year\"]]", "{:name \"Abbey Road\" \"year\" 1969}");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        pulls("[:album/title :artist/name]", "{:album/title \"Abbey Road\"}");
    }

    @Test
    void findsTheEntityByIdentOrLookupRef() {
        Object title = Clj.edn("{:album/title \"Help\"}");

        assertThat(db.pull("[:album/title]", Clj.edn("[:album/title \"Help\"]")))
                .isEqualTo(title);
        assertThat(db.pull("[:db/ident]", Clj.keyword("label/apple"))).isEqualTo(Clj.edn("{:db/ident :label/apple}"));
    }

    @Test
    void anEntityWithNoSuchFactsIsAnEmptyMap() {
        assertThat(db.pull("[:artist/name]", album)).isEqualTo(Clj.edn("{}"));
        assertThat(db.pull("[:album/title]", Clj.edn("[:album/title \"None\"]")))
                .isEqualTo(Clj.edn("{}"));
        assertThat(db.pullAsync("[:artist/name]", album).take()).isEqualTo(Clj.edn("{}"));
    }

    @Test
    void takesItsArgumentsAsAMapWithATimeout() {
        Object argMap = Clj.edn("{:selector [:album/year] :eid [:album/title \"Help\"] :timeout 20000}");

        assertThat(db.pullWith(argMap)).isEqualTo(Clj.edn("{:album/year 1965}"));
    }

    @Test
    void reportsReadsWhenAskedFor() {
        Object argMap = Clj.edn("{:selector [:album/year] :eid [:album/title \"Help\"] :io-context :conformance/pull}");

        Object answer = db.pullWith(argMap);

        assertThat(Clj.get(answer, "ret")).isEqualTo(Clj.edn("{:album/year 1965}"));
        assertThat(Clj.get(Clj.get(answer, "io-stats"), "io-context")).isEqualTo(Clj.keyword("conformance/pull"));
    }

    @Test
    void pullsAsynchronously() {
        assertThat(db.pullAsync("[:album/year]", album).take()).isEqualTo(Clj.edn("{:album/year 1969}"));
    }

    @Test
    void pullsEntitiesAlongAnAttributeInOrder() {
        assertThat(titles("{:index :avet :selector [:album/title] :start [:album/year]}"))
                .containsExactly("Help", "Abbey Road", "Let It Be");
        assertThat(titles("{:index :avet :selector [:album/title] :start [:album/year 1966]}"))
                .containsExactly("Abbey Road", "Let It Be");
    }

    @Test
    void pullsBackwardsAlongAnAttribute() {
        assertThat(titles("{:index :avet :selector [:album/title] :start [:album/year] :reverse true}"))
                .containsExactly("Let It Be", "Abbey Road", "Help");
        assertThat(titles("{:index :avet :selector [:album/title] :start [:album/year 1969] :reverse true}"))
                .containsExactly("Abbey Road", "Help");
    }

    @Test
    void pullsTheReferencesOfAnEntity() {
        List<Object> artists =
                db.indexPull("{:index :aevt :selector [:artist/name] :start [:album/artists " + album + "]}");

        assertThat(Clj.set(artists)).isEqualTo(Clj.edn("#{{:artist/name \"John\"} {:artist/name \"Paul\"}}"));
    }

    @Test
    void pullsNothingWhereAnIndexLeadsToAnEntityWithoutWhatIsSelected() {
        for (String chunk : List.of("", ":chunk 1", ":chunk 2")) {
            assertThat(db.indexPull(
                            "{:index :avet :selector [:album/artists] :limit 2 :start [:album/year] " + chunk + "}"))
                    .as(chunk)
                    .extracting(pulled -> pulled == null)
                    .containsExactly(true, false);
        }
        assertThat(db.indexPull("{:index :avet :selector [:artist/name] :start [:album/year]}"))
                .isEqualTo(Clj.edn("[nil nil nil]"));
    }

    @Test
    void pullsAlongAnIndexByOffsetLimitAndChunk() {
        String start = "{:index :avet :selector [:album/title] :start [:album/year] ";

        assertThat(titles(start + ":limit 1}")).containsExactly("Help");
        assertThat(titles(start + ":offset 1}")).containsExactly("Abbey Road", "Let It Be");
        assertThat(titles(start + ":offset 1 :limit 1}")).containsExactly("Abbey Road");
        assertThat(db.async("index-pull", start + ":chunk 2}").chunks())
                .extracting(List::size)
                .containsExactly(2, 1);
    }

    private void pulls(String selector, String expected) {
        assertThat(db.pull(selector, album)).isEqualTo(Clj.edn(expected));
    }

    private List<Object> titles(String argMap) {
        return db.indexPull(argMap).stream()
                .map(entity -> Clj.get(entity, "album/title"))
                .toList();
    }
}
