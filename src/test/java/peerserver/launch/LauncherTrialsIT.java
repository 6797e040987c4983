package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import datomic.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.launch.trial.FailingListener;
import peerserver.launch.trial.TrialServlet;

/** The real command, in projects made for the occasion. */
class LauncherTrialsIT {

    private static final String HARD_URI =
            "datomic:sql://a b?jdbc:postgresql://h:5432/d?user=u=v&password=leakcheck%41\\'\"#!${HOME}${ENV=HOME},€;x";

    private Path temporary;
    private Path runs;

    @BeforeEach
    void makeRoom(@TempDir Path directory) throws IOException {
        temporary = directory;
        runs = Files.createDirectory(temporary.resolve("runs of it"));
    }

    @Test
    void handsDatabasesKeysAndCertificateToTheApplicationAndStopsWhenAsked() throws Exception {
        TrialCheckout checkout = TrialCheckout.built(temporary, TrialServlet.class);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), checkout.root());
        Path keystore = Files.write(temporary.resolve("own.p12"), certificate().pkcs12("leakcheck-password"));
        Path keys = Files.writeString(temporary.resolve("keys.json"), "[]");

        try (PeerServerProcess server = PeerServerProcess.start(
                link,
                environment("PEERSERVER_TLS_PASSWORD", "leakcheck-password"),
                List.of(
                        "-a",
                        "k,leakcheck-secret",
                        "-d",
                        "hard," + HARD_URI,
                        "-d",
                        "hello,datomic:mem://hello",
                        "--keys",
                        keys.toString(),
                        "--tls-keystore",
                        keystore.toString()))) {

            assertThat(TlsGet.of(server, "/jndi").body().lines())
                    .containsExactlyInAnyOrder(
                            "hard uri=" + HARD_URI,
                            "hard create=false",
                            "hard required=true",
                            "hello uri=datomic:mem://hello",
                            "hello create=true",
                            "hello required=true");
            String[] files = TlsGet.of(server, "/keys").body().split(",");
            assertThat(files).hasSize(2).contains(keys.toString());
            assertThat(Files.readString(Path.of(files[1]))).contains("\"leakcheck-secret\"");
            TlsGet.of(server, "/log");

            server.stop();

            assertThat(server.awaitExit()).isEqualTo(143);
            assertThat(runs).isEmptyDirectory();
            assertThat(server.standardOutput().lines()).hasSize(1);
            assertThat(server.standardError().lines())
                    .allSatisfy(line -> assertThat(line).doesNotContain("leakcheck", "\tat "))
                    .anySatisfy(line -> assertThat(line).endsWith("own.p12 is out of date"))
                    .anySatisfy(line -> assertThat(line).contains("keys.json holds secrets"))
                    .anySatisfy(line -> assertThat(line).contains(" INFO peerserver.trial: cannot connect to"))
                    .anySatisfy(line -> assertThat(line).contains(" WARNING org.example.library: a warning"))
                    .contains(
                            "peer-server: the server is up, but not every database is connected yet",
                            "printed by somebody")
                    .noneSatisfy(line -> assertThat(line).contains("idle remark"))
                    .hasSize(6);
        }
    }

    @Test
    void collectsInParallelUnlessItIsTold() throws Exception {
        TrialCheckout checkout = TrialCheckout.built(temporary, TrialServlet.class);

        try (PeerServerProcess server = PeerServerProcess.start(
                checkout.root(),
                environment("JAVA_OPTS", "-XX:+UseStringDeduplication"),
                List.of("-a", "k,s", "-d", "hello,datomic:mem://hello"))) {

            assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().arguments())
                    .hasValueSatisfying(arguments -> assertThat(arguments).contains("-XX:+UseParallelGC"));
        }
    }

    @Test
    void anApplicationThatCannotBeDeployedIsOneLineAndABrokenArchiveNone() throws Exception {
        TrialCheckout checkout = TrialCheckout.built(temporary, FailingListener.class);
        Files.delete(checkout.archive());
        Files.writeString(checkout.archive(), "no archive");

        List<String> arguments =
                List.of("-p", "" + PeerServerProcess.freePort(), "-a", "k,s", "-d", "a,datomic:mem://a");
        PeerServerProcess run = PeerServerProcess.run(checkout.root(), environment(), arguments);

        assertThat(run.awaitExit()).as(run.output()).isEqualTo(1);
        assertThat(run.output().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("peer-server: the application could not be deployed: ")
                .contains("this application does not want to");
        assertThat(runs).isEmptyDirectory();
    }

    @Test
    void aBuildThatFailsSaysWhereTheLogIs() throws Exception {
        TrialCheckout checkout = TrialCheckout.unbuilt(temporary, "echo oh dear\nexit 1");
        Path log = checkout.root().toRealPath().resolve("target/build.log");

        PeerServerProcess run = PeerServerProcess.run(checkout.root(), environment(), List.of("-a", "k,s"));

        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.output().lines())
                .containsExactly(
                        "peer-server: building, which takes a while the first time; the log is " + log,
                        "peer-server: the build failed, see " + log);
        assertThat(log).hasContent("oh dear");
        assertThat(runs).isEmptyDirectory();
    }

    @Test
    void helpNeedsNoBuild() throws Exception {
        TrialCheckout checkout = TrialCheckout.unbuilt(temporary, "exit 1");

        PeerServerProcess run = PeerServerProcess.run(checkout.root(), environment(), List.of("--help"));

        assertThat(run.awaitExit()).isZero();
        assertThat(run.output())
                .isEqualTo(Files.readString(PeerServerProcess.checkout().resolve("bin/usage.txt")));
        assertThat(checkout.root().resolve("target")).doesNotExist();
    }

    @Test
    void withoutAJdk17ItSaysSo() throws Exception {
        TrialCheckout checkout = TrialCheckout.unbuilt(temporary, "exit 1");
        Path tools = Files.createDirectory(temporary.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink", "awk", "cat")) {
            Files.createSymbolicLink(tools.resolve(tool), found(tool));
        }
        Path old = Files.createDirectories(temporary.resolve("old/bin"));
        Files.createSymbolicLink(old.resolve("java"), found("false"));

        PeerServerProcess run = PeerServerProcess.run(
                checkout.root(),
                environment("JAVA_HOME", temporary.resolve("old").toString(), "PATH", tools.toString()),
                List.of("-a", "k,s"));

        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.output())
                .isEqualTo("peer-server: needs a JDK 17: set JAVA_HOME to one, or put its bin directory on the PATH\n");
    }

    private static Path found(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(directory -> Path.of(directory, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> environment(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of("TMPDIR", runs.toString()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return environment;
    }

    private static ServerCertificate certificate() throws Exception {
        return ServerCertificate.builtIn(Path.of(
                Peer.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
}
