package peerserver.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.local.LocalCatalog;
import peerserver.db.peer.PeerCatalog;

class DatabaseCommandTest {

    private final String uri;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    DatabaseCommandTest(@TempDir Path directory) {
        this.uri = "datomic:local://tests/films?storage-dir=" + directory;
    }

    private int run(String input, String command, String... arguments) throws IOException {
        out.reset();
        err.reset();
        return new DatabaseCommand(
                        List.of(new LocalCatalog(), new PeerCatalog()), new StringReader(input), print(out), print(err))
                .run(command, List.of(arguments));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void createsAndLists() throws IOException {
        assertThat(run("", "create-database", uri)).isZero();
        assertThat(said()).isEqualTo("Created films");
        assertThat(run("", "create-database", uri)).isZero();
        assertThat(said()).isEqualTo("films exists already");
        assertThat(run("", "list-databases", uri.replace("films", "*"))).isZero();
        assertThat(said()).isEqualTo("films");
    }

    @Test
    void deletesOnlyWhenTheNameIsGivenAgain() throws IOException {
        run("", "create-database", uri);

        for (String answer : new String[] {"", "\n", "y\n", "Films\n"}) {
            assertThat(run(answer, "delete-database", uri)).isEqualTo(1);
            assertThat(complaint()).isEqualTo("delete-database: nothing was deleted");
        }
        assertThat(run("films\n", "delete-database", uri)).isZero();
        assertThat(said()).endsWith("Deleted films");
        assertThat(run("", "list-databases", uri)).isZero();
        assertThat(said()).isEmpty();
    }

    @Test
    void deletesWithoutAskingWhenToldSo() throws IOException {
        run("", "create-database", uri);

        assertThat(run("", "delete-database", "--yes", uri)).isZero();
        assertThat(said()).isEqualTo("Deleted films");
        assertThat(run("", "delete-database", "--yes", uri)).isEqualTo(1);
        assertThat(complaint()).isEqualTo("delete-database: there is no database films");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-database", "list-databases", "delete-database"})
    void forADatabaseInMemoryItSaysWhyThereIsNothingToDo(String command) throws IOException {
        assertThat(run("films\n", command, "datomic:mem://films")).isEqualTo(1);
        assertThat(complaint()).startsWith(command + ": A database in memory is part of the process");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-database", "list-databases", "delete-database"})
    void wrongArgumentsAreToldApart(String command) throws IOException {
        assertThat(run("", command)).isEqualTo(2);
        assertThat(run("", command, uri, uri)).isEqualTo(2);
        assertThat(run("", command, "--force", uri)).isEqualTo(2);
        assertThat(complaint()).startsWith(command + ": needs one URI");
        assertThat(run("", command, "jdbc:postgresql://localhost/films")).isEqualTo(1);
        assertThat(complaint()).isEqualTo(command + ": The URI has to begin with datomic:");
    }

    @Test
    void aDatabaseBehindAStorageThatCannotBeReachedIsOneLineWithoutSecrets() throws IOException {
        assertThat(run("", "list-databases", "datomic:dev://localhost:1/*?password=s3cr3t"))
                .isEqualTo(1);
        assertThat(complaint()).hasLineCount(1).doesNotContain("s3cr3t");
    }
}
