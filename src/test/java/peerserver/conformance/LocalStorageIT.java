package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.OperatorCommand;
import peerserver.launch.PeerServerProcess;

/** A storage of Datomic Local between processes: operators' commands as {@code bin/} has them, and a server. */
@Timeout(300)
class LocalStorageIT {

    private static final AccessKey KEY = new AccessKey("k", "s");
    private static final String FILMS = "films";

    private final Path storage;
    private final String uri;

    LocalStorageIT(@TempDir Path storage) {
        this.storage = storage;
        uri = "datomic:local://storage/" + FILMS + "?storage-dir=" + storage;
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
    void isOpenInOneProcessAtATimeAndServedWhenTheOtherHasLetGo() {
        OperatorCommand.run("create-database", uri);
        Object system = Clj.mapOf(
                "server-type", Clj.keyword("datomic-local"), "system", "storage", "storage-dir", storage.toString());
        Object name = Clj.mapOf("db-name", FILMS);
        Connection here = new Connection(
                RealClient.api("connect").invoke(RealClient.api("client").invoke(system), name));
        long t = here.transact("[{:db/ident :storage/kept}]").t();

        assertThat(OperatorCommand.attempt("", "delete-database", "--yes", uri).output())
                .contains("in use by another process", "Only one process at a time");
        try (PeerServerProcess server = PeerServerProcess.startUnready(List.of("-a", "k,s", "-d", FILMS + "," + uri))) {
            assertThat(server.output()).contains("in use by another process", "Only one process at a time");
            new Target(server.port(), List.of(KEY), TestedEngine.DATOMIC_LOCAL)
                    .requests()
                    .send(Clj.edn("{:op :datomic.catalog/resolve-db :db-name \"films\"}"))
                    .failure()
                    .hasCategory("unavailable")
                    .says("Only one process at a time");

            Clj.fn("datomic.local", "release-db").invoke(Clj.merge(system, name));

            server.awaitReady();
            assertThat(connect(server).db().t()).isEqualTo(t);
        }
    }
}
