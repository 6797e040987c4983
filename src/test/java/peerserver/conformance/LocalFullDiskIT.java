package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.OperatorCommand;
import peerserver.launch.PeerServerProcess;

/**
 * A database of Datomic Local whose log may not grow, by a limit on the size of files that the server gets while it runs:
 * like a full disk it ends a write in the midst of a transaction.
 */
class LocalFullDiskIT {

    private static final AccessKey KEY = new AccessKey("k", "s");
    private static final String TAGS = "[:find (count ?e) :where [?e :full/tag]]";
    private static final int PARTS = 20;
    private static final int PLENTY = 1_000;

    @TempDir
    private Path storage;

    private PeerServerProcess start(String uri) {
        return PeerServerProcess.start(List.of("-a", "k,s", "-d", "full," + uri));
    }

    private static Connection connect(PeerServerProcess server) {
        return new RealClient("localhost:" + server.port(), KEY).connect("full");
    }

    private static void limitFiles(PeerServerProcess server, String bytes) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(prlimit.exitValue()).isZero();
    }

    private static void write(Connection connection, int number) {
        String text = "x".repeat(1_000);
        connection.transactData(Clj.edn("[" + ("{:full/tag \"" + number + text + "\"}").repeat(PARTS) + "]"));
    }

    private static long found(Connection connection) {
        List<Object> rows = Clj.list(connection.db().q(TAGS));
        return rows.isEmpty() ? 0 : (Long) Clj.list(rows.get(0)).get(0);
    }

    @Test
    @Timeout(300)
    void whatWasAcknowledgedIsThereWhenThereIsRoomAgain() throws IOException, InterruptedException {
        String uri = "datomic:local://full/full?storage-dir=" + storage;
        OperatorCommand.run("create-database", uri);
        long acknowledged = 0;
        try (PeerServerProcess server = start(uri)) {
            Connection connection = connect(server);
            connection.transact(
                    "[{:db/ident :full/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]");
            limitFiles(server, Long.toString(Files.size(storage.resolve("full/full/db.log")) + 300_000));

            while (acknowledged < PLENTY && written(connection, acknowledged)) {
                acknowledged++;
            }
            assertThat(acknowledged).isBetween(1L, PLENTY - 1L);
            // Opened anew, and full still.
            assertThat(found(connection)).isEqualTo(acknowledged * PARTS);
            Failure.of(() -> write(connection, PLENTY)).hasCategory("unavailable");

            limitFiles(server, "unlimited");
            // Reading waits, where it has to, until the database is open again.
            assertThat(found(connection)).isEqualTo(acknowledged * PARTS);
            write(connection, (int) acknowledged++);
            assertThat(found(connection)).isEqualTo(acknowledged * PARTS);
            assertThat(server.output()).contains("Lost datomic/full", "Cut off a transaction");
        }
        try (PeerServerProcess server = start(uri)) {
            assertThat(found(connect(server))).isEqualTo(acknowledged * PARTS);
        }
    }

    private static boolean written(Connection connection, long number) {
        try {
            write(connection, (int) number);
            return true;
        } catch (RuntimeException e) {
            Failure.of(() -> {
                        throw e;
                    })
                    .hasCategory("unavailable");
            return false;
        }
    }
}
