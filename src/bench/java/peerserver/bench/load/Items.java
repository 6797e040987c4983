package peerserver.bench.load;

import clojure.java.api.Clojure;
import clojure.lang.RT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The data that every subject holds: 100,000 items with a handful of attributes. */
final class Items {

    static final int COUNT = 100_000;
    static final int BUCKETS = 100;

    /** Items that are transacted at once, and how far a parent is from its child, so that it is there before it. */
    private static final int BATCH = 1_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] KINDS = {"kind/tool", "kind/part", "kind/book", "kind/toy"};

    static final Object SCHEMA = Clojure.read("""
            [{:db/ident :item/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
              :db/unique :db.unique/identity}
             {:db/ident :item/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
             {:db/ident :item/bucket :db/valueType :db.type/long :db/cardinality :db.cardinality/one :db/index true}
             {:db/ident :item/kind :db/valueType :db.type/keyword :db/cardinality :db.cardinality/one}
             {:db/ident :item/price :db/valueType :db.type/double :db/cardinality :db.cardinality/one}
             {:db/ident :item/made :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}
             {:db/ident :item/parent :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
             {:db/ident :note/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
             {:db/ident :note/number :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
             {:db/ident :note/made :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}]""");

    static final Object SELECTOR = Clojure.read(
            "[:item/id :item/title :item/bucket :item/kind :item/price :item/made {:item/parent [:item/id]}]");

    static final Object QUERY_ONE = Clojure.read(
            "[:find ?title ?price :in $ ?id :where [?e :item/id ?id] [?e :item/title ?title] [?e :item/price ?price]]");

    static final Object QUERY_BUCKET = Clojure.read("""
            [:find ?id ?title ?price :in $ ?bucket
             :where [?e :item/bucket ?bucket] [?e :item/id ?id] [?e :item/title ?title] [?e :item/price ?price]]""");

    static final Object QUERY_ALL =
            Clojure.read("[:find ?e ?title ?price :where [?e :item/title ?title] [?e :item/price ?price]]");

    private Items() {}

    /** All items, in the order in which they are to be transacted. */
    static List<Object> transactions() {
        return IntStream.range(0, COUNT / BATCH)
                .mapToObj(batch -> RT.vector(IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                        .mapToObj(Items::item)
                        .toArray()))
                .map(Object.class::cast)
                .toList();
    }

    /** A lookup ref. */
    static Object ref(int item) {
        return RT.vector(Clj.keyword("item/id"), id(item));
    }

    static String id(int item) {
        return String.format(Locale.ROOT, "item-%06d", item);
    }

    /** The data of a small transaction. */
    static Object note(int number) {
        return RT.vector(Clj.map(
                "note/text",
                "A note with the number " + number,
                "note/number",
                (long) number,
                "note/made",
                Date.from(START.plusSeconds(number))));
    }

    private static Object item(int number) {
        Object[] fields = {
            "item/id",
            id(number),
            "item/title",
            "The title of the item with the number " + number,
            "item/bucket",
            (long) number % BUCKETS,
            "item/kind",
            Clj.keyword(KINDS[number % KINDS.length]),
            "item/price",
            number / 100.0,
            "item/made",
            Date.from(START.plusSeconds(number)),
        };
        return number < BATCH
                ? Clj.map(fields)
                : RT.assoc(Clj.map(fields), Clj.keyword("item/parent"), ref(number - BATCH));
    }
}
