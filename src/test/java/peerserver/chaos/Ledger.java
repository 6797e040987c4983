package peerserver.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import peerserver.conformance.Clj;
import peerserver.conformance.Connection;

/** Threads that write by way of HAProxy without a break: each transaction is an entry of its own in a database. */
final class Ledger {

    static final String NAME = "ledger";

    private static final String SCHEMA =
            "[{:db/ident :entry/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]";

    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean ending;

    private Ledger() {}

    /** Makes an empty one. */
    static void found(Connection connection) {
        connection.transactData(Clj.edn(SCHEMA));
    }

    /** Has so many begin to write. */
    static Ledger start(Connection connection, int writers) {
        Ledger ledger = new Ledger();
        for (int i = 0; i < writers; i++) {
            String name = "writer-" + i;
            Thread thread = new Thread(() -> ledger.write(connection, name), name);
            ledger.threads.add(thread);
            thread.start();
        }
        return ledger;
    }

    private void write(Connection connection, String name) {
        for (int number = 0; !ending; number++) {
            String entry = name + "-" + number;
            try {
                connection.transactData(Clj.edn("[{:entry/name \"%s\"}]", entry));
                acknowledged.add(entry);
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failures.add(entry + ": " + e.getMessage());
            }
        }
    }

    /** What went wrong so far. */
    List<String> failures() {
        return failures;
    }

    /** The entries whose transactions have succeeded so far. */
    Set<String> acknowledged() {
        return new TreeSet<>(acknowledged);
    }

    /** The entries that are in the database, as often as they are. */
    static List<String> entries(Connection connection) {
        return Clj.list(connection.db().q("[:find ?name ?e :where [?e :entry/name ?name]]")).stream()
                .map(row -> (String) Clj.list(row).get(0))
                .sorted()
                .toList();
    }

    /** Lets each come to the end of its transaction. */
    void end() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
