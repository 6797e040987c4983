package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Raw access to the four indexes. */
abstract class DatomsConformance extends Conformance {

    private DbValue db;
    private TxReport report;
    private long lamp;
    private long desk;
    private long room;

    DatomsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("""
                [{:db/ident :thing/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :thing/price :db/valueType :db.type/long :db/cardinality :db.cardinality/one
                  :db/index true}
                 {:db/ident :thing/tags :db/valueType :db.type/keyword :db/cardinality :db.cardinality/many}
                 {:db/ident :thing/in :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}]""");
        report = hello.transact("""
                [{:db/id "lamp" :thing/name "lamp" :thing/price 30 :thing/tags [:light :small] :thing/in "room"}
                 {:db/id "desk" :thing/name "desk" :thing/price 200 :thing/in "room"}
                 {:db/id "room" :thing/name "room" :thing/price 9000}]""");
        db = report.dbAfter();
        lamp = report.tempid("lamp");
        desk = report.tempid("desk");
        room = report.tempid("room");
    }

    @Test
    void aDatomIsIndexedAndKeyed() {
        Object datom = Clj.list(RealClient.api("datoms")
                        .invoke(db.it(), Clj.edn("{:index :eavt :components [%d :thing/price]}", lamp)))
                .get(0);

        assertThat(Datom.of(datom)).isEqualTo(new Datom(lamp, attribute("thing/price"), 30L, report.tx(), true));
        assertThat(clojure.lang.RT.count(datom)).isEqualTo(5);
        assertThat(clojure.lang.RT.nth(datom, 0)).isEqualTo(lamp);
        assertThat(clojure.lang.RT.nth(datom, 2)).isEqualTo(30L);
        assertThat(clojure.lang.RT.nth(datom, 4)).isEqualTo(true);
    }

    @Test
    void eavtByEveryPrefix() {
        assertThat(db.datoms("{:index :eavt :components [%d]}", lamp))
                .extracting(Datom::v)
                .containsExactlyInAnyOrder("lamp", 30L, Clj.keyword("light"), Clj.keyword("small"), room);
        assertThat(db.datoms("{:index :eavt :components [%d :thing/tags]}", lamp))
                .extracting(Datom::v)
                .containsExactly(Clj.keyword("light"), Clj.keyword("small"));
        assertThat(db.datoms("{:index :eavt :components [%d :thing/tags :small]}", lamp))
                .extracting(Datom::v)
                .containsExactly(Clj.keyword("small"));
        assertThat(db.datoms("{:index :eavt :components [%d :thing/price 31]}", lamp))
                .isEmpty();
    }

    @Test
    void aevtByEveryPrefix() {
        assertThat(db.datoms("{:index :aevt :components [:thing/price]}"))
                .extracting(Datom::e)
                .contains(lamp, desk, room)
                .isSorted();
        assertThat(db.datoms("{:index :aevt :components [:thing/price %d]}", desk))
                .extracting(Datom::v)
                .containsExactly(200L);
        assertThat(db.datoms("{:index :aevt :components [:thing/tags %d :light]}", lamp))
                .hasSize(1);
    }

    @Test
    void avetByEveryPrefix() {
        assertThat(db.datoms("{:index :avet :components [:thing/price]}"))
                .extracting(Datom::v)
                .containsExactly(30L, 200L, 9000L);
        assertThat(db.datoms("{:index :avet :components [:thing/price 200]}"))
                .extracting(Datom::e)
                .containsExactly(desk);
        assertThat(db.datoms("{:index :avet :components [:thing/price 200 %d]}", lamp))
                .isEmpty();
        assertThat(db.datoms("{:index :avet :components [:thing/name \"lamp\"]}"))
                .extracting(Datom::e)
                .containsExactly(lamp);
    }

    @Test
    void vaetByEveryPrefix() {
        assertThat(db.datoms("{:index :vaet :components [%d]}", room))
                .extracting(Datom::e)
                .containsExactlyInAnyOrder(lamp, desk);
        assertThat(db.datoms("{:index :vaet :components [%d :thing/in]}", room)).hasSize(2);
        assertThat(db.datoms("{:index :vaet :components [%d :thing/in %d]}", room, desk))
                .extracting(Datom::e)
                .containsExactly(desk);
    }

    @Test
    void aWholeIndexWithoutComponents() {
        for (String index : List.of("eavt", "aevt", "avet", "vaet")) {
            assertThat(db.datomsWith(Clj.edn("{:index :" + index + "}")))
                    .as(index)
                    .hasSizeGreaterThan(50);
        }
    }

    @Test
    void namesEntitiesByIdentAndLookupRef() {
        assertThat(db.datoms("{:index :eavt :components [[:thing/name \"lamp\"] :thing/price]}"))
                .extracting(Datom::v)
                .containsExactly(30L);
        assertThat(db.datoms("{:index :eavt :components [:thing/price :db/ident]}"))
                .extracting(Datom::v)
                .containsExactly(Clj.keyword("thing/price"));
        assertThat(db.datoms("{:index :vaet :components [[:thing/name \"room\"] :thing/in]}"))
                .hasSize(2);
    }

    @Test
    void namesAttributesByNumber() {
        assertThat(db.datoms("{:index :avet :components [%s 200]}", attribute("thing/price")))
                .extracting(Datom::e)
                .containsExactly(desk);
    }

    @Test
    void anEntityThatIsNotThereHasNoDatoms() {
        assertThat(db.datoms("{:index :eavt :components [[:thing/name \"none\"]]}"))
                .isEmpty();
    }

    @Test
    void otherClientsSendTheirComponentsWhole() {
        for (Object request : List.of(
                Clj.edn("{:op :datoms :index :eavt :components [%d :thing/price 30 %d]}", lamp, report.tx()),
                Clj.edn("{:op :datoms :index :eavt :components [%d :thing/price 30 %d true]}", lamp, report.tx()))) {
            assertThat(datoms(Clj.merge(RawContext.of(db), request)))
                    .extracting(Datom::e)
                    .containsExactly(lamp);
        }
    }

    @Test
    void componentsBehindAGapAreRefused() {
        for (Object request : List.of(
                Clj.edn("{:op :datoms :index :eavt :components [%d nil 30]}", lamp),
                Clj.edn("{:op :datoms :index :eavt :e %d :v 30}", lamp))) {
            target.requests()
                    .send(Clj.merge(RawContext.of(db), request))
                    .failure()
                    .hasCategory("incorrect")
                    .says("no nil before a value");
        }
    }

    @Test
    void theOldestClientsSendAFourthComponentInThePlaceOfT() {
        TxReport dearer = hello.transact("[[:db/add %d :thing/price 31]]", lamp);
        TxReport asBefore = hello.transact("[[:db/add %d :thing/price 30]]", lamp);

        DbValue now = asBefore.dbAfter();

        assertThat(ofOneTransaction(db, report.tx())).extracting(Datom::added).containsExactly(true);
        assertThat(ofOneTransaction(db, asBefore.tx())).isEmpty();
        assertThat(ofOneTransaction(now, asBefore.tx())).hasSize(1);
        assertThat(ofOneTransaction(now.history(), dearer.tx()))
                .extracting(Datom::added)
                .containsExactly(false);
    }

    /** The datoms of the lamp's price of 30 by a transaction, which are the same however that is asked for. */
    private List<Datom> ofOneTransaction(DbValue value, long tx) {
        Object context = Clj.merge(RawContext.of(value), Clj.mapOf("history", Clj.get(value.it(), "history")));
        Object whole = Clj.edn("{:op :datoms :index :eavt :components [%d :thing/price 30 %d]}", lamp, tx);
        Object inPlaceOfT = Clj.edn("{:op :datoms :index :eavt :e %d :a :thing/price :v 30 :t %d}", lamp, tx);

        List<Datom> datoms = datoms(Clj.merge(context, whole));
        assertThat(datoms(Clj.merge(context, inPlaceOfT))).isEqualTo(datoms);
        return datoms;
    }

    private List<Datom> datoms(Object request) {
        return Datom.all(Clj.get(target.requests().send(request).success(), "data"));
    }

    @Test
    void reversibleOptionsOfPagingApply() {
        String prices = "{:index :avet :components [:thing/price] ";

        assertThat(db.datomsWith(Clj.edn(prices + ":limit 2}")))
                .extracting(Datom::v)
                .containsExactly(30L, 200L);
        assertThat(db.datomsWith(Clj.edn(prices + ":offset 1}")))
                .extracting(Datom::v)
                .containsExactly(200L, 9000L);
        assertThat(db.datomsWith(Clj.edn(prices + ":offset 1 :limit 1 :chunk 1}")))
                .extracting(Datom::v)
                .containsExactly(200L);
    }

    @Test
    void rangesOfValues() {
        assertThat(db.indexRange("{:attrid :thing/price :start 30 :end 9000}"))
                .extracting(Datom::v)
                .containsExactly(30L, 200L);
        assertThat(db.indexRange("{:attrid :thing/price :start 31}"))
                .extracting(Datom::v)
                .containsExactly(200L, 9000L);
        assertThat(db.indexRange("{:attrid :thing/price :end 200}"))
                .extracting(Datom::v)
                .containsExactly(30L);
        assertThat(db.indexRange("{:attrid :thing/price}")).extracting(Datom::v).containsExactly(30L, 200L, 9000L);
        assertThat(db.indexRange("{:attrid :thing/name :start \"d\" :end \"m\"}"))
                .extracting(Datom::v)
                .containsExactly("desk", "lamp");
    }

    @Test
    void rangesComeInChunksToo() {
        assertThat(db.async("index-range", "{:attrid :thing/price :chunk 2}").chunks())
                .extracting(List::size)
                .containsExactly(2, 1);
        assertThat(db.async("datoms", "{:index :avet :components [:thing/price] :chunk 1}")
                        .chunks())
                .extracting(List::size)
                .containsExactly(1, 1, 1);
    }

    @Test
    void filteredValuesHaveFilteredDatoms() {
        assertThat(db.asOf(report.dbBefore().t()).datoms("{:index :avet :components [:thing/price]}"))
                .isEmpty();
        assertThat(db.since(report.dbBefore().t()).datoms("{:index :avet :components [:thing/price]}"))
                .hasSize(3);
    }

    private Object attribute(String name) {
        return Clj.get(db.pull("[:db/id]", Clj.keyword(name)), "db/id");
    }
}
