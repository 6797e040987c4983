package peerserver.chaos;

import clojure.lang.RT;
import java.util.ArrayList;
import java.util.List;
import peerserver.conformance.Clj;
import peerserver.conformance.Connection;

/**
 * Data to iterate: a library of books, the same wherever it is transacted, instants of transactions included.
 *
 * @param name of the database
 * @param indexed what a schema may say on this engine of an attribute that is to be indexed
 */
record Library(String name, String indexed) {

    /** One of Datomic Local, which indexes everything. */
    static final Library LOCAL = new Library("local", "");

    /** One in memory, behind the peer library. */
    static final Library IN_MEMORY = new Library("memory", " :db/index true");

    static final int BOOKS = 4_000;

    private static final int TOGETHER = 200;

    /** The name by which clients connect. */
    @Override
    public String toString() {
        return name;
    }

    /** Makes it in an empty database. */
    void fill(Connection connection) {
        int transaction = 0;
        transact(connection, transaction++, schema());
        for (int first = 0; first < BOOKS; first += TOGETHER) {
            List<Object> books = new ArrayList<>();
            for (int number = first; number < first + TOGETHER; number++) {
                books.add(book(number));
            }
            transact(connection, transaction++, books);
        }
        for (int first = 0; first < BOOKS; first += 10 * TOGETHER) {
            List<Object> changes = new ArrayList<>();
            for (int number = first; number < first + TOGETHER; number++) {
                changes.add(Clj.edn("{:book/id \"%s\" :book/pages %d}", id(number), pages(number) + 1));
                changes.add(Clj.edn("[:db/retract [:book/id \"%s\"] :book/tag \"tag %d\"]", id(number), number % 7));
            }
            transact(connection, transaction++, changes);
        }
    }

    private List<Object> schema() {
        return Clj.list(Clj.edn("""
                [{:db/ident :book/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :book/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one%1$s}
                 {:db/ident :book/pages :db/valueType :db.type/long :db/cardinality :db.cardinality/one%1$s}
                 {:db/ident :book/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
                 {:db/ident :book/shelf :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
                 {:db/ident :shelf/main}]""", indexed));
    }

    private static Object book(int number) {
        return Clj.edn("""
                {:book/id "%s" :book/title "The book of number %05d, which has a title that is not short at all"
                 :book/pages %d :book/tag ["tag %d" "tag %d"] :book/shelf :shelf/main}""", id(number), 7_919 * number % BOOKS, pages(number), number % 7, 7 + number % 11);
    }

    private static String id(int number) {
        return "book-%05d".formatted(number);
    }

    private static long pages(int number) {
        return 100 + 31L * number % 997;
    }

    private static void transact(Connection connection, int number, List<Object> data) {
        List<Object> all = new ArrayList<>(data);
        all.add(Clj.edn(
                "{:db/id \"datomic.tx\" :db/txInstant #inst \"2026-01-01T%02d:%02d:00Z\"}", number / 60, number % 60));
        connection.transactData(RT.vector(all.toArray()));
    }
}
