package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What can be tried of {@code bin/accept-datomic-pro} without a Datomic Pro: its arguments, and what it does with
 * processes. The transactor, the server, the build and curl are scripts of this test's own.
 */
@Timeout(120)
class AcceptDatomicProIT {

    /** Not replaced by the process that it starts, as that of a distribution may be. */
    private static final String TRANSACTOR = """
            #!/bin/sh
            echo started >>"$DATOMIC_HOME/starts"
            cp "$1" "$DATOMIC_HOME/properties"
            sleep 1000 &
            echo $! >>"$DATOMIC_HOME/pids"
            echo $$ >>"$DATOMIC_HOME/pids"
            echo $! >"$(sed -n 's/^pid-file=//p' "$1")"
            wait
            """;

    /** Transacts while there is a transactor. */
    private static final String CURL = """
            #!/bin/sh
            for word do :; done
            pid=$(tail -n 2 "$DATOMIC_HOME/pids" | head -n 1)
            case $* in
                *resolve-db*) echo '{:database-id "1-2"}' ;;
                *:transact*) ! kill -0 "$pid" 2>/dev/null || echo '{:db-before {} :db-after {}}' ;;
                *) echo '{:data [[1]]}' ;;
            esac
            """;

    private final Path directory;
    private final Path datomic;

    AcceptDatomicProIT(@TempDir Path directory) {
        this.directory = directory;
        this.datomic = directory.resolve("datomic-pro");
    }

    @BeforeEach
    void layOut() throws IOException {
        Path script = PeerServerProcess.checkout().resolve("bin/accept-datomic-pro");
        script("bin/accept-datomic-pro", Files.readString(script));
        script("datomic-pro/bin/transactor", TRANSACTOR);
        script("path/curl", CURL);
        script("bin/create-database", "#!/bin/sh\necho \"$1\" >>\"$DATOMIC_HOME/created\"\n");
        script("bin/run", """
                #!/bin/sh
                echo $$ >>"$DATOMIC_HOME/pids.server"
                echo 'Peer server ready at https://localhost'
                exec sleep 1000
                """);
        script("mvnw", "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$DATOMIC_HOME/maven\"\n");
        Path samples = Files.createDirectories(datomic.resolve("config/samples"));
        Files.writeString(
                samples.resolve("dev-transactor-template.properties"),
                "protocol=dev\nhost=localhost\nport=4334\nmemory-index-max=256m\n# data-dir=data\n");
    }

    private void script(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int status, String output) {}

    private Ended accept(String home, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(directory.resolve("bin/accept-datomic-pro").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        builder.environment()
                .putAll(Map.of(
                        "DATOMIC_HOME",
                        home,
                        "ACCEPT_PATIENCE_S",
                        "3",
                        "TMPDIR",
                        temporary.toString(),
                        "PATH",
                        directory.resolve("path") + ":" + System.getenv("PATH")));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Ended ended = new Ended(process.waitFor(), output);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).as(output).isEmpty();
        }
        return ended;
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(datomic.resolve(name));
    }

    private void assertNoneRuns(String... files) throws IOException {
        for (String file : files) {
            assertThat(lines(file)).allSatisfy(pid -> assertThat(
                            ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                    .isEmpty());
        }
    }

    @Test
    void runsTheSuiteAndTriesATransactorThatIsKilledAndComesBack() throws IOException, InterruptedException {
        Ended ended = accept(datomic.toString(), "--port", "5000");

        assertThat(ended.output()).endsWith("accept-datomic-pro: accepted\n");
        assertThat(ended.status()).isZero();
        assertThat(lines("starts")).hasSize(2);
        assertThat(lines("created"))
                .containsExactly(
                        "datomic:dev://127.0.0.1:5000/hello",
                        "datomic:dev://127.0.0.1:5000/other",
                        "datomic:dev://127.0.0.1:5000/empty",
                        "datomic:dev://127.0.0.1:5000/restart");
        assertThat(lines("maven"))
                .contains("-Dit.test=PeerConformanceIT", "-Dpeerserver.test.uri=datomic:dev://127.0.0.1:5000/*");
        assertThat(lines("properties"))
                .contains("protocol=dev", "host=127.0.0.1", "port=5000", "memory-index-max=256m")
                .doesNotContain("host=localhost", "port=4334");
        assertNoneRuns("pids", "pids.server");
    }

    @Test
    void endsTheTransactorWhenTheSuiteFails() throws IOException, InterruptedException {
        script("mvnw", "#!/bin/sh\nexit 1\n");

        Ended ended = accept(datomic.toString());

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).endsWith("accept-datomic-pro: the conformance suite failed\n");
        assertNoneRuns("pids");
    }

    @Test
    void endsTheTransactorWhenNoDatabaseCanBeCreated() throws IOException, InterruptedException {
        script("bin/create-database", "#!/bin/sh\necho 'create-database: refused' >&2\nexit 1\n");

        Ended ended = accept(datomic.toString());

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output())
                .contains("create-database: refused")
                .endsWith("accept-datomic-pro: creating hello: not within 3 s\n");
        assertNoneRuns("pids");
    }

    @ParameterizedTest
    @CsvSource({"--port", "--port x", "--port 0", "--port 65001", "--nonsense"})
    void refusesWrongArguments(String arguments) throws IOException, InterruptedException {
        assertThat(accept(datomic.toString(), arguments.split(" ", -1)).status())
                .isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoDistribution() throws IOException, InterruptedException {
        assertThat(accept("").output()).contains("set DATOMIC_HOME");
        assertThat(accept("").status()).isEqualTo(2);
        assertThat(accept(directory.toString()).output()).contains("there is no " + directory + "/bin/transactor");
        assertThat(accept(directory.toString()).status()).isEqualTo(2);
        assertThat(accept("", "--help").output()).startsWith("Usage: DATOMIC_HOME=");
    }
}
