package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iterations of many chunks. */
abstract class PagingConformance extends Conformance {

    private static final int MANY = 25_000;
    private static final int ENOUGH_FOR_SINGLE_ITEMS = 40;
    private static final String NUMBERS = "[:find ?n :in $ ?below :where [_ :page/n ?n] [(< ?n ?below)]]";

    private DbValue db;

    PagingConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("[{:db/ident :page/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one :db/index true}]");
        for (int from = 0; from < MANY; from += 5000) {
            hello.transactData(Bulk.numbers("page/n", from, from + 5000));
        }
        db = hello.db();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 5000})
    void datomsComeExactlyOnceInOrderWhateverTheChunk(int chunk) {
        int count = chunk == 1 ? ENOUGH_FOR_SINGLE_ITEMS : chunk == 7 ? 700 : MANY;

        List<List<Object>> chunks = db.async(
                        "index-range", "{:attrid :page/n :end " + count + " :limit -1 :chunk " + chunk + "}")
                .chunks();

        assertThat(chunks).hasSize((count + chunk - 1) / chunk);
        assertThat(chunks.stream().flatMap(List::stream).map(datom -> Datom.of(datom)
                        .v()))
                .isEqualTo(LongStream.range(0, count).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 5000})
    void rowsComeExactlyOnceWhateverTheChunk(int chunk) {
        int count = chunk == 1 ? ENOUGH_FOR_SINGLE_ITEMS : chunk == 7 ? 700 : MANY;

        List<List<Object>> chunks =
                db.qAsync("{:limit -1 :chunk " + chunk + "}", NUMBERS, count).chunks();

        assertThat(chunks).hasSize((count + chunk - 1) / chunk);
        assertThat(chunks.stream()
                        .flatMap(List::stream)
                        .map(row -> (Long) RT.nth(row, 0))
                        .sorted())
                .isEqualTo(LongStream.range(0, count).boxed().toList());
    }

    @Test
    void theSynchronousClientIteratesOverEverything() {
        assertThat(db.datoms("{:index :avet :components [:page/n] :limit -1}"))
                .extracting(Datom::v)
                .isEqualTo(List.copyOf(LongStream.range(0, MANY).boxed().toList()));
        assertThat(db.q(NUMBERS, MANY)).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void theSameIterableCanBeReadTwice() {
        Object iterable = RealClient.api("index-range")
                .invoke(db.it(), Clj.edn("{:attrid :page/n :end 2500 :limit -1 :chunk 1000}"));

        assertThat(Datom.all(iterable)).hasSize(2500).isEqualTo(Datom.all(iterable));
    }

    @Test
    void aThousandIsTheLimitUnlessOneIsGiven() {
        assertThat(db.datoms("{:index :avet :components [:page/n]}")).hasSize(1000);
        assertThat(db.indexRange("{:attrid :page/n}")).hasSize(1000);
        assertThat(db.indexPull("{:index :avet :selector [:page/n] :start [:page/n]}"))
                .hasSize(1000);
        assertThat(db.qAsync("{}", NUMBERS, MANY).items()).hasSize(1000);
        assertThat(db.async("datoms", "{:index :avet :components [:page/n]}").items())
                .hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?n :where [_ :page/n ?n] [(< ?n 400)]]",
                "[:find ?n ?e :keys number entity :where [?e :page/n ?n] [(< ?n 400)]]",
                "[:find (pull ?e [:page/n]) :where [?e :page/n ?n] [(< ?n 400)]]",
                "[:find ?m (pull ?e [:page/n]) ?n :strs m e n :where [?e :page/n ?n] [(< ?n 400)] [(mod ?n 7) ?m]]",
                "[:find ?m (count ?n) (max ?n) :where [_ :page/n ?n] [(< ?n 4000)] [(mod ?n 400) ?m]]",
                "[:find ?x ?n :where [_ :page/n ?n] [(< ?n 400)] [(mod ?n 3) ?m] [(tuple ?m ?n) ?x]]"
            })
    void pagesTakenSeparatelyCoverTheResultExactlyOnce(String query) {
        Random random = new Random(query.length());
        List<Object> pages = new ArrayList<>();
        while (pages.size() < 400) {
            int limit = 1 + random.nextInt(90);
            int chunk = 1 + random.nextInt(60);
            pages.addAll(Clj.list(
                    db.qWith("{:offset " + pages.size() + " :limit " + limit + " :chunk " + chunk + "}", query)));
        }

        assertThat(pages).hasSize(400).doesNotHaveDuplicates().isEqualTo(db.q(query));
    }

    @Test
    void limitsEndAnIteration() {
        assertThat(values("{:attrid :page/n :limit 0}")).isEmpty();
        assertThat(values("{:attrid :page/n :limit 5}")).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(values("{:attrid :page/n :limit 5 :chunk 2}")).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(values("{:attrid :page/n :limit 4 :chunk 2}")).containsExactly(0L, 1L, 2L, 3L);
        assertThat(values("{:attrid :page/n :limit 2500 :chunk 1000}")).hasSize(2500);
    }

    @Test
    void offsetsBeginAnIteration() {
        assertThat(values("{:attrid :page/n :offset 3 :limit 3}")).containsExactly(3L, 4L, 5L);
        assertThat(values("{:attrid :page/n :offset 24998 :limit -1}")).containsExactly(24998L, 24999L);
        assertThat(values("{:attrid :page/n :offset 25000 :limit -1}")).isEmpty();
        assertThat(values("{:attrid :page/n :offset 24000 :limit -1 :chunk 300}"))
                .isEqualTo(LongStream.range(24_000, MANY).boxed().toList());
    }

    @Test
    void exactlyFullChunksEndWithTheLastOne() {
        assertThat(db.async("index-range", "{:attrid :page/n :end 20 :chunk 10}")
                        .chunks())
                .extracting(List::size)
                .containsExactly(10, 10);
        assertThat(db.qAsync("{:chunk 10}", NUMBERS, 20).chunks())
                .extracting(List::size)
                .containsExactly(10, 10);
    }

    @Test
    void anEmptyResultIsOneEmptyChunk() {
        assertThat(db.async("index-range", "{:attrid :page/n :start 99999}").chunks())
                .containsExactly(List.of());
        assertThat(db.qAsync("{}", NUMBERS, 0).chunks()).containsExactly(List.of());
    }

    @Test
    void pullsAlongAnIndexOverManyChunks() {
        List<Object> pulled = db.indexPull(
                "{:index :avet :selector [:page/n] :start [:page/n] :reverse true :limit 3000 :chunk 700}");

        assertThat(pulled)
                .extracting(entity -> Clj.get(entity, "page/n"))
                .isEqualTo(LongStream.range(0, 3000).mapToObj(n -> MANY - 1 - n).toList());
    }

    @Test
    void lazyQueriesPullOverManyChunks() {
        Object rows = db.qseq("{:chunk 600}", "[:find ?n (pull ?e [:page/n]) :where [?e :page/n ?n] [(< ?n 2000)]]");

        assertThat(RT.count(rows)).isEqualTo(2000);
        assertThat(Clj.list(rows)).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void aChannelThatIsTakenFromOnceAndAbandonedDoesNoHarm() {
        for (int i = 0; i < 20; i++) {
            Channel abandoned = db.async("index-range", "{:attrid :page/n :limit -1 :chunk 10}");
            assertThat(Clj.list(abandoned.take())).hasSize(10);
        }

        assertThat(values("{:attrid :page/n :limit 5}")).hasSize(5);
        hello.transact("[{:page/n -1}]");
        assertThat(hello.db().indexRange("{:attrid :page/n :end 0}")).hasSize(1);
        hello.transact("[[:db/retractEntity %d]]", (long) hello.db().single("[:find ?e :where [?e :page/n -1]]"));
    }

    @Test
    void aChannelThatIsClosedEarlyDoesNoHarm() {
        for (int i = 0; i < 5; i++) {
            Channel closed = db.qAsync("{:limit -1 :chunk 1000}", NUMBERS, 5000);
            assertThat(Clj.list(closed.take())).hasSize(1000);
            closed.close();
        }

        assertThat(values("{:attrid :page/n :limit 5}")).hasSize(5);
    }

    @Test
    void severalIterationsGoOnSideBySide() {
        Channel one = db.qAsync("{:limit -1 :chunk 500}", NUMBERS, 2000);
        Channel two = db.async("index-range", "{:attrid :page/n :end 2000 :limit -1 :chunk 500}");

        for (int i = 0; i < 4; i++) {
            assertThat(Clj.list(one.take())).hasSize(500);
            assertThat(Clj.list(two.take())).hasSize(500);
        }
        assertThat(one.take()).isNull();
        assertThat(two.take()).isNull();
    }

    private List<Object> values(String range) {
        return db.indexRange(range).stream().map(Datom::v).toList();
    }
}
