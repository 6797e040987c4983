package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.OperatorCommand;
import peerserver.launch.PeerServerProcess;

/** A server of a database of Datomic Local is killed while many write, again and again. */
class LocalCrashIT {

    private static final AccessKey KEY = new AccessKey("k", "s");
    private static final int ROUNDS = Integer.getInteger("peerserver.crash.rounds", 2);
    private static final int WRITERS = 16;
    private static final int PARTS = 25;

    private static final String LONG_TEXT = "x".repeat(4_000);

    private final String uri;
    private final Random random = new Random(20261122);
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private PeerServerProcess server;
    private Connection connection;

    LocalCrashIT(@TempDir Path storage) {
        uri = "datomic:local://crash/crash?storage-dir=" + storage;
        OperatorCommand.run("create-database", uri);
        server = PeerServerProcess.start(List.of("-a", "k,s", "-d", "crash," + uri));
        connection = connect();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Connection connect() {
        return new RealClient("localhost:" + server.port(), KEY).connect("crash");
    }

    @Test
    @Timeout(3_000)
    void everyAcknowledgedTransactionSurvivesOnceAndWhole() throws InterruptedException {
        connection.transact("""
                [{:db/ident :crash/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
                 {:db/ident :crash/round :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
                 {:db/ident :crash/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]""");
        for (int round = 1; round <= ROUNDS; round++) {
            writeAndKill(round);
            server = PeerServerProcess.start(List.of("-a", "k,s", "-d", "crash," + uri));
            connection = connect();
            check(round);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            check(round);
        }
    }

    private void writeAndKill(int round) throws InterruptedException {
        int enough = acknowledged.size() + 50 + random.nextInt(400);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String name = round + "-" + writer + "-";
            writers.add(new Thread(() -> write(round, name)));
        }
        writers.forEach(Thread::start);
        while (acknowledged.size() < enough) {
            assertThat(writers).allMatch(Thread::isAlive);
            Thread.sleep(1);
        }
        server.kill();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** Writes until the server is gone. */
    private void write(int round, String name) {
        try {
            for (int i = 0; ; i++) {
                String tag = name + i;
                sent.add(tag);
                // A large transaction is written page by page, and may be killed between two of them.
                String text = i % 4 == 0 ? " :crash/text \"" + LONG_TEXT + "\"" : "";
                String part = "{:crash/tag \"" + tag + "\" :crash/round " + round + text + "}";
                connection.transactData(Clj.edn("[" + part.repeat(PARTS) + "]"));
                acknowledged.add(tag);
            }
        } catch (RuntimeException e) {
            // What was not acknowledged may have been made or not.
        }
    }

    private void check(int round) {
        Map<String, List<Object>> found = new HashMap<>();
        Object answer = connection
                .db()
                .qWith(
                        "{:limit -1}",
                        "[:find ?tag (count ?e) (count-distinct ?tx) :in $ ?round"
                                + " :where [?e :crash/round ?round] [?e :crash/tag ?tag ?tx]]",
                        (long) round);
        for (Object row : Clj.list(answer)) {
            List<Object> cells = Clj.list(row);
            found.put((String) cells.get(0), cells.subList(1, 3));
        }
        String prefix = round + "-";
        List<String> expected =
                acknowledged.stream().filter(tag -> tag.startsWith(prefix)).toList();
        assertThat(found.keySet()).containsAll(expected);
        assertThat(sent).containsAll(found.keySet());
        assertThat(found.values()).containsOnly(List.of((long) PARTS, 1L));
    }
}
