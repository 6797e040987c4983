package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    private Path temporary;

    @BeforeEach
    void makeRoom(@TempDir Path directory) {
        temporary = directory;
    }

    @Test
    void argumentsAreTakenOnceAndWithWhateverIsInThem() throws IOException {
        RunDirectory directory = new RunDirectory(temporary);
        Files.writeString(temporary.resolve("arguments"), "-a\0k, é\n\"x\"\0\0-d\0");

        assertThat(directory.takeArguments()).containsExactly("-a", "k, é\n\"x\"", "", "-d");
        assertThat(temporary).isEmptyDirectory();
        assertThat(directory.takeArguments()).isEmpty();
    }

    @Test
    void argumentsThatAreGivenAreThoseTaken() throws IOException {
        RunDirectory directory = new RunDirectory(temporary);

        directory.giveArguments(List.of("-a", "k, é", ""));

        assertThat(directory.takeArguments()).containsExactly("-a", "k, é", "");
    }

    @Test
    void thePasswordIsTakenOnce() throws IOException {
        RunDirectory directory = new RunDirectory(temporary);
        Files.writeString(temporary.resolve("tls-password"), " p ");

        assertThat(directory.takeTlsPassword()).contains(" p ");
        assertThat(directory.takeTlsPassword()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void writesForItsOwnerOnlyAndDeletesAll() throws IOException {
        RunDirectory directory = new RunDirectory(temporary.resolve("run"));

        Path file = directory.write("a/b/c", new byte[] {1});

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        directory.delete();
        assertThat(temporary).isEmptyDirectory();
        directory.delete();
    }

    @Test
    void hardUrisSurviveTheirPropertiesFile() throws IOException {
        String uri =
                "datomic:sql://ä b?jdbc:postgresql://h:5432/d?user=a=b&password=p\\%41'\"#!${HOME} \t€\ud83d\ude00\n;x ";
        RunDirectory directory = new RunDirectory(temporary);

        Path file = directory.write("d.properties", new ServedDatabase("d", uri, Optional.empty()).file());

        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
        }
        assertThat(read)
                .containsEntry("uri", uri)
                .containsEntry("create", "false")
                .containsEntry("required", "true");
        assertThat(new String(
                        new ServedDatabase("m", "datomic:mem://m", Optional.of("i")).file(),
                        StandardCharsets.ISO_8859_1))
                .contains("create=true", "database-id=i");
    }
}
