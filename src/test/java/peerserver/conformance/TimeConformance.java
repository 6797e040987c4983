package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As-of, since and history. */
abstract class TimeConformance extends Conformance {

    static final String NUMBER = "[:find ?n :where [?e :clock/id \"hand\"] [?e :clock/n ?n]]";
    private static final String NUMBERS = "[:find ?n :where [_ :clock/n ?n]]";

    /** An instant that is yet to come. */
    static final Date LATER = Date.from(Instant.parse("2100-01-01T00:00:00Z"));

    private TxReport first;
    private TxReport second;
    private TxReport third;
    private DbValue db;

    TimeConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("""
                [{:db/ident :clock/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :clock/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one
                  :db/index true}]""");
        first = tick(1);
        second = tick(2);
        third = tick(3);
        db = third.dbAfter();
    }

    /** The newest db value. */
    final DbValue db() {
        return db;
    }

    private TxReport tick(int n) {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return hello.transact("[{:db/id \"hand\" :clock/id \"hand\" :clock/n %d}]", n);
    }

    @Test
    void asOfAT() {
        assertThat(db.asOf(first.t()).single(NUMBER)).isEqualTo(1L);
        assertThat(db.asOf(second.t()).single(NUMBER)).isEqualTo(2L);
        assertThat(db.asOf(first.dbBefore().t()).q(NUMBER)).isEmpty();
    }

    @Test
    void asOfATransaction() {
        assertThat(db.asOf(second.tx()).single(NUMBER)).isEqualTo(2L);
    }

    @Test
    void asOfAnInstant() {
        assertThat(db.asOf(instant(second)).single(NUMBER)).isEqualTo(2L);
    }

    @Test
    void asOfAPointThatIsYetToComeIsNow() {
        for (Object point : List.of(third.t() + 1_000, LATER)) {
            assertThat(db.asOf(point).single(NUMBER)).isEqualTo(3L);
        }
    }

    @Test
    void asOfShowsInPullAndIndexes() {
        DbValue past = db.asOf(first.t());

        assertThat(past.pull("[:clock/n]", Clj.edn("[:clock/id \"hand\"]"))).isEqualTo(Clj.edn("{:clock/n 1}"));
        assertThat(past.datoms("{:index :aevt :components [:clock/n]}"))
                .extracting(Datom::v)
                .containsExactly(1L);
        assertThat(past.indexRange("{:attrid :clock/n}")).extracting(Datom::v).containsExactly(1L);
        assertThat(past.indexPull("{:index :avet :selector [:clock/n] :start [:clock/n]}"))
                .isEqualTo(Clj.edn("[{:clock/n 1}]"));
    }

    @Test
    void sinceATransactionTInstant() {
        for (Object point : List.of(second.t(), second.tx(), instant(second))) {
            assertThat(db.since(point).q(NUMBERS)).as("%s", point).isEqualTo(Clj.edn("[[3]]"));
        }
        assertThat(db.since(third.t()).q(NUMBERS)).isEmpty();
    }

    @Test
    void asOfAndSinceTogether() {
        assertThat(db.asOf(second.t()).since(first.t()).q(NUMBERS)).isEqualTo(Clj.edn("[[2]]"));
        assertThat(db.since(first.t()).asOf(second.t()).q(NUMBERS)).isEqualTo(Clj.edn("[[2]]"));
    }

    @Test
    void historyHoldsAssertionsAndRetractions() {
        List<Object> rows = db.history().q("[:find ?n ?added :where [_ :clock/n ?n _ ?added]]");

        assertThat(Clj.set(rows)).isEqualTo(Clj.edn("#{[1 true] [1 false] [2 true] [2 false] [3 true]}"));
    }

    @Test
    void historyOfAnIndex() {
        assertThat(db.history().datoms("{:index :aevt :components [:clock/n]}"))
                .hasSize(5)
                .filteredOn(datom -> datom.added().equals(false))
                .extracting(Datom::v)
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(db.history().indexRange("{:attrid :clock/n :start 2}")).hasSize(3);
    }

    @Test
    void historyUpToATimeAndSince() {
        String values = "[:find ?n ?added :where [_ :clock/n ?n _ ?added]]";

        assertThat(Clj.set(db.asOf(second.t()).history().q(values)))
                .isEqualTo(Clj.edn("#{[1 true] [1 false] [2 true]}"));
        assertThat(Clj.set(db.since(second.t()).history().q(values))).isEqualTo(Clj.edn("#{[2 false] [3 true]}"));
    }

    @Test
    void historyCannotBePulledFrom() {
        Failure.of(() -> db.history().pull("[:clock/n]", Clj.edn("[:clock/id \"hand\"]")))
                .hasCategory("incorrect");
    }

    @Test
    void aFilteredValueKeepsItsFilterOverSeveralChunks() {
        assertThat(db.history()
                        .async("datoms", "{:index :aevt :components [:clock/n] :chunk 2}")
                        .chunks())
                .extracting(List::size)
                .containsExactly(2, 2, 1);
    }

    private static Object instant(TxReport report) {
        return Clj.get(report.dbAfter().pull("[:db/txInstant]", report.tx()), "db/txInstant");
    }
}
