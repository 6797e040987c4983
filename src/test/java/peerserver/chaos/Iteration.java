package peerserver.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import peerserver.conformance.Channel;
import peerserver.conformance.Clj;
import peerserver.conformance.Connection;
import peerserver.conformance.DbValue;

/**
 * Something that a client iterates, in chunks.
 *
 * @param name what it is
 * @param library what is iterated
 * @param opening begins it
 */
record Iteration(String name, Library library, Function<Connection, Channel> opening) {

    private static final String TITLES = "[:find ?id ?title :where [?e :book/id ?id] [?e :book/title ?title]]";
    private static final String PULLS =
            "[:find ?id (pull ?e [:book/title :book/pages {:book/shelf [:db/ident]}]) :where [?e :book/id ?id]]";

    private static final List<String> DATOM = List.of("e", "a", "v", "tx", "added");

    /** An instant at which half of the books were there. */
    private static final Object MIDDLE = Clj.edn("#inst \"2026-01-01T00:11:30Z\"");

    private Iteration(String name, Function<Connection, Channel> opening) {
        this(name, Library.LOCAL, opening);
    }

    /**
     * Every operation that iterates, on values of every kind. Those that are speculative are of the database in memory: Local gives
     * new entities other ids each time, and another node has to refuse to go on there.
     */
    static List<Iteration> all() {
        List<Iteration> all = new ArrayList<>();
        all.add(new Iteration("q", on(db -> db, db -> db.qAsync(options(500), TITLES))));
        all.add(
                new Iteration(
                        "q, in another order",
                        on(
                                db -> db,
                                db -> db.qAsync(
                                        options(500),
                                        "[:find ?pages ?title :with ?e :where [?e :book/pages ?pages] [?e :book/title ?title]]"))));
        all.add(new Iteration("q with pull", on(db -> db, db -> db.qAsync(options(400), PULLS))));
        all.add(new Iteration("qseq", on(db -> db, db -> db.qseqAsync(options(250), PULLS))));
        all.add(new Iteration("datoms, :eavt", on(db -> db, db -> db.async("datoms", datoms(":eavt", "", 2000)))));
        all.add(new Iteration(
                "datoms, :aevt", on(db -> db, db -> db.async("datoms", datoms(":aevt", ":book/title", 600)))));
        all.add(new Iteration(
                "datoms, :avet", on(db -> db, db -> db.async("datoms", datoms(":avet", ":book/title", 600)))));
        all.add(new Iteration(
                "datoms, :vaet", on(db -> db, db -> db.async("datoms", datoms(":vaet", ":shelf/main", 900)))));
        all.add(new Iteration(
                "index-range",
                on(
                        db -> db,
                        db -> db.async(
                                "index-range",
                                "{:attrid :book/title :start \"The book of number 00100\" :limit -1 :chunk 600}"))));
        all.add(new Iteration("index-pull, forwards", on(db -> db, db -> db.async("index-pull", indexPull(false)))));
        all.add(new Iteration("index-pull, backwards", on(db -> db, db -> db.async("index-pull", indexPull(true)))));
        all.add(new Iteration(
                "tx-range",
                connection -> connection.txRangeAsync(
                        Clj.edn("{:start #inst \"2026-01-01T00:01:00Z\" :limit -1 :chunk 2}"))));
        for (Map.Entry<String, Function<DbValue, DbValue>> filter : filters().entrySet()) {
            String value = " of a value " + filter.getKey();
            all.add(new Iteration("q" + value, on(filter.getValue(), db -> db.qAsync(options(300), TITLES))));
            all.add(new Iteration(
                    "datoms" + value,
                    on(filter.getValue(), db -> db.async("datoms", datoms(":aevt", ":book/title", 300)))));
        }
        String ofMemory = " of a database in memory";
        all.add(new Iteration("q" + ofMemory, Library.IN_MEMORY, on(db -> db, db -> db.qAsync(options(500), TITLES))));
        all.add(new Iteration(
                "datoms" + ofMemory,
                Library.IN_MEMORY,
                on(db -> db, db -> db.async("datoms", datoms(":avet", ":book/title", 600)))));
        String speculative = " of a speculative value";
        all.add(new Iteration("q" + speculative, Library.IN_MEMORY, connection -> speculative(connection)
                .qAsync(options(500), TITLES)));
        all.add(new Iteration("q with pull" + speculative, Library.IN_MEMORY, connection -> speculative(connection)
                .qAsync(options(400), PULLS)));
        all.add(new Iteration("datoms" + speculative, Library.IN_MEMORY, connection -> speculative(connection)
                .async("datoms", datoms(":avet", ":book/title", 600))));
        all.add(new Iteration("index-pull" + speculative, Library.IN_MEMORY, connection -> speculative(connection)
                .async("index-pull", indexPull(true))));
        return all;
    }

    /** What would be if some books came and one were another. */
    private static DbValue speculative(Connection connection) {
        return connection
                .withDb()
                .with("""
                        [{:book/id "new-1" :book/title "The book of number 00000, again" :book/pages 7 :book/shelf "s"}
                         {:book/id "new-2" :book/title "A book that has not been written" :book/pages 8 :book/shelf "s"}
                         {:db/id "s" :db/ident :shelf/imagined}]""")
                .dbAfter()
                .with(
                        "[{:book/id \"book-00001\" :book/title \"Its other title\"} [:db/retractEntity [:book/id \"new-1\"]]]")
                .dbAfter();
    }

    private static Map<String, Function<DbValue, DbValue>> filters() {
        return new TreeMap<>(
                Map.of("as-of", db -> db.asOf(MIDDLE), "since", db -> db.since(MIDDLE), "history", DbValue::history));
    }

    private static Function<Connection, Channel> on(
            Function<DbValue, DbValue> filter, Function<DbValue, Channel> asked) {
        return connection -> asked.apply(filter.apply(connection.db()));
    }

    private static String options(int chunk) {
        return "{:limit -1 :chunk " + chunk + '}';
    }

    private static String datoms(String index, String component, int chunk) {
        return "{:index " + index + " :components [" + component + "] :limit -1 :chunk " + chunk + '}';
    }

    private static String indexPull(boolean reverse) {
        return "{:index :avet :selector [:book/id :book/title] :start [:book/title] :reverse " + reverse
                + " :limit -1 :chunk 500}";
    }

    /** What a row, or part of one, says: what it is made of, to be compared and kept. */
    static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new HashMap<>();
            map.forEach((key, part) -> plain.put(key, plain(part)));
            return plain;
        }
        if (value instanceof List<?> || value instanceof java.util.Set<?>) {
            return Clj.list(value).stream().map(Iteration::plain).toList();
        }
        return Clj.get(value, "added") == null ? value : datom(value);
    }

    private static Object datom(Object value) {
        return DATOM.stream().map(part -> Clj.get(value, part)).toList();
    }
}
