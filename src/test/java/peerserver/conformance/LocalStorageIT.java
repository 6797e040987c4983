package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.OperatorCommand;
import peerserver.launch.PeerServerProcess;

/** A storage of Datomic Local between processes: operators' commands as {@code bin/} has them, and two servers. */
@Timeout(300)
class LocalStorageIT {

    private static final AccessKey KEY = new AccessKey("k", "s");
    private static final String FILMS = "films";

    private final String uri;

    LocalStorageIT(@TempDir Path storage) {
        uri = "datomic:local://storage/" + FILMS + "?storage-dir=" + storage;
    }

    private List<String> arguments() {
        return List.of("-a", "k,s", "-d", FILMS + "," + uri);
    }

    private static Connection connect(PeerServerProcess server) {
        return new RealClient("localhost:" + server.port(), KEY).connect(FILMS);
    }

    @Test
    void isCreatedListedAndDeletedByOperators() {
        assertThat(OperatorCommand.run("create-database", uri).output()).isEqualTo("Created films\n");
        assertThat(OperatorCommand.run("list-databases", uri.replace(FILMS, "*"))
                        .output())
                .isEqualTo("films\n");
        assertThat(OperatorCommand.attempt("flims\n", "delete-database", uri))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(1))
                .satisfies(refused -> assertThat(refused.output()).endsWith("nothing was deleted\n"));
        assertThat(OperatorCommand.attempt("films\n", "delete-database", uri).output())
                .endsWith("Deleted films\n");
        assertThat(OperatorCommand.run("list-databases", uri).output()).isEmpty();
        assertThat(OperatorCommand.attempt("", "list-databases").status()).isEqualTo(2);
        assertThat(OperatorCommand.run("create-database", "--help").output()).startsWith("Usage: ");
    }

    @Test
    void isServedByOneServerAtATimeAndByTheNextWhenThatEnds() {
        OperatorCommand.run("create-database", uri);
        try (PeerServerProcess first = PeerServerProcess.start(arguments())) {
            String id = (String) Clj.get(connect(first).it(), "database-id");
            long t = connect(first).transact("[{:db/ident :storage/kept}]").t();

            assertThat(OperatorCommand.attempt("", "delete-database", "--yes", uri)
                            .output())
                    .contains("in use by another process", "Only one process at a time");
            try (PeerServerProcess second = PeerServerProcess.startUnready(arguments())) {
                assertThat(second.output()).contains("in use by another process", "Only one process at a time");

                first.stop();

                second.awaitReady();
                assertThat(Clj.get(connect(second).it(), "database-id")).isEqualTo(id);
                assertThat(connect(second).db().t()).isEqualTo(t);
            }
        }
    }
}
