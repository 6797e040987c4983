package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real command, with the application as it was built. */
class LauncherIT {

    private static final Map<String, String> LEAKY = Map.of("PEERSERVER_TLS_PASSWORD", "leakcheck-env");

    private static Path temporary;
    private static PeerServerProcess server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        temporary = directory;
        server = PeerServerProcess.start(
                PeerServerProcess.checkout(),
                withTemporary(LEAKY),
                List.of(
                        "-m", "datomic.peer-server",
                        "-a", "key,leakcheck-a",
                        "-a", "other key,leakcheck-b,\"'\\$HOME",
                        "-d", "hello,datomic:mem://hello",
                        "-d", "world,datomic:mem://world?password=leakcheck-uri"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void saysOneLineOnStandardOutputWhenItIsReady() {
        assertThat(server.standardOutput())
                .isEqualTo("Peer server ready at https://localhost:" + server.port() + " serving hello, world\n");
    }

    @Test
    void takesItsClassesFromTheArchiveOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/maps"), StandardCharsets.ISO_8859_1))
                .contains("/target/launcher/peer-server.jsa");
    }

    /** The JVM leaves it out after some thousand times otherwise (seen: the 5,000th query that failed alike). */
    @Test
    void keepsTheMessageOfAnErrorThatComesOften() {
        assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().arguments())
                .hasValueSatisfying(arguments -> assertThat(arguments).contains("-XX:-OmitStackTraceInFastThrow"));
    }

    /** Two would keep the JVM from starting. */
    @Test
    void leavesTheCollectorToWhoeverNamesOne() {
        assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().arguments())
                .hasValueSatisfying(arguments ->
                        assertThat(arguments).contains("-XX:+UseSerialGC").doesNotContain("-XX:+UseParallelGC"));
    }

    @Test
    void listensOnThatPortOfThatAddressOnly() throws IOException {
        assertThat(Sockets.waitingOf(server.pid()))
                .containsExactly(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port()));
    }

    @Test
    void answersPlainHttpWithNothing() throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void isHealthyOverTls() throws Exception {
        assertThat(TlsGet.of(server, "/health").statusCode()).isBetween(200, 299);
    }

    /** A client takes it for an answer that there is nothing, and a proxy sends it wherever a connection comes about. */
    @Test
    void nobodyIsToldThatThereIsNothingWhileItStartsAndEnds() throws Exception {
        int port = PeerServerProcess.freePort();
        Set<Integer> answers = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> well = new CompletableFuture<>();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                status(port).ifPresent(status -> {
                    answers.add(status);
                    if (status == 200) {
                        well.complete(status);
                    }
                });
            }
        });

        PeerServerProcess started = PeerServerProcess.startAt(
                port, withTemporary(Map.of()), List.of("-a", "k,s", "-d", "a,datomic:mem://a"));
        try {
            // Its port opens last: it may be asked for the first time only after it has said that it is ready.
            well.get(30, TimeUnit.SECONDS);
        } finally {
            started.stop();
            over.set(true);
        }
        asking.get();

        assertThat(answers).contains(200).isSubsetOf(200, 503);
    }

    /** What it answers when asked how it is; nothing when nobody listens. */
    private static Optional<Integer> status(int port) {
        try {
            return Optional.of(TlsGet.of(port, "/health").statusCode());
        } catch (IOException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void showsNoSecretToOthers() throws IOException {
        Path proc = Path.of("/proc/" + server.pid());

        assertThat(Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1))
                .contains("peer-server-launcher.jar")
                .doesNotContain("leakcheck");
        assertThat(Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1))
                .contains("JAVA_HOME=")
                .doesNotContain("leakcheck");
        assertThat(server.output()).doesNotContain("leakcheck");
    }

    @Test
    void keepsItsFilesInAPrivateDirectory() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            List<Path> runs = files.filter(LauncherIT::isRunDirectory).toList();
            assertThat(runs).isNotEmpty().allSatisfy(run -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                        .isEqualTo("rwx------");
                assertThat(run.resolve("arguments")).doesNotExist();
                assertThat(run.resolve("tls-password")).doesNotExist();
            });
        }
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertRefused(
                    1,
                    "peer-server: port " + socket.getLocalPort() + " of localhost is in use",
                    "-a",
                    "k,leakcheck",
                    "-d",
                    "a,datomic:mem://a",
                    "-p",
                    Integer.toString(socket.getLocalPort()));
        }
    }

    @Test
    void saysWhatTheCertificateOfThePeerLibraryDoesNotProtectFrom() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            PeerServerProcess run = PeerServerProcess.run(
                    PeerServerProcess.checkout(),
                    withTemporary(Map.of()),
                    List.of(
                            "-a",
                            "k,leakcheck",
                            "-d",
                            "a,datomic:mem://a",
                            "--tls",
                            "datomic",
                            "-p",
                            Integer.toString(socket.getLocalPort())));

            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.output())
                    .contains("can pass for it, read all that passes and forge answers", "--tls-keystore FILE");
        }
    }

    @Test
    void saysWhatIsWrongWithAKeysFile(@TempDir Path directory) throws IOException {
        Path keys = Files.createFile(
                directory.resolve("keys.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keys, "no keys, leakcheck");

        assertRefused(
                1,
                "peer-server: the application could not be deployed: Keys file " + keys + ": no JSON: line 1, column 2",
                "--keys",
                keys.toString(),
                "-d",
                "a,datomic:mem://a",
                "-p",
                Integer.toString(PeerServerProcess.freePort()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-d a,datomic:mem://a | 2 | at least one access key is needed: -a KEY,SECRET or --keys FILE",
                "-a k,leakcheck | 2 | at least one database is needed: -d NAME,URI",
                "-a k,leakcheck -d a,datomic:mem://a -p 0 | 2 | -p needs a port from 1 to 65535",
                "-a k,leakcheck -d a,datomic:mem://a --keys /none | 2 | --keys: cannot read /none",
                "-a k,leakcheck -d a,datomic:mem://a --cluster 127.0.0.1:6900 | 2 | --cluster needs the addresses of all nodes, 2 to 16 of them",
                "-a k,leakcheck -d a,datomic:mem://a --cluster 127.0.0.1:6900,192.0.2.1:6900 | 2 | --cluster has an address that others can reach, and needs a secret: --cluster-secret-file FILE or PEERSERVER_CLUSTER_SECRET",
                "-a k,leakcheck -d a,datomic:mem://a --cluster 127.0.0.1:6900,127.0.0.1:8998 | 2 | -p is the port of an address of --cluster, which needs one of its own",
                "-a k,leakcheck -d a,datomic:mem://a leakcheck | 2 | argument number 5 is no option; bin/run --help lists them",
                "-a k,leakcheck -d a,datomic:mem://a -h no.such.invalid | 2 | -h: there is no host of that name",
                "-a k,leakcheck -d a,datomic:mem://a -h 0.0.0.0 | 2 | -h 0.0.0.0 is no loopback address, where the peer library's certificate protects nobody: use --tls-keystore FILE, or insist with --tls datomic",
                "-a k,leakcheck -d a,datomic:mem://a --tls-keystore /none | 2 | --tls-keystore needs a password: --tls-password-file FILE or PEERSERVER_TLS_PASSWORD",
                "-a k,leakcheck -d a,datomic:mem://a --tls-keystore /none --tls-password-file /dev/null | 1 | there is no keystore /none",
                "-a k,leakcheck -d a,datomic:mem://a --tls-keystore /none --tls-password-file /none | 1 | cannot read the password file /none",
            })
    void refusesWithOneLine(String arguments, int exitStatus, String line) {
        assertRefused(exitStatus, "peer-server: " + line, arguments.split(" "));
    }

    @Test
    void refusesToStartWithoutArguments() {
        assertRefused(2, "peer-server: at least one database is needed: -d NAME,URI");
    }

    @Test
    void leavesNothingBehindWhenItRefuses(@TempDir Path empty) {
        PeerServerProcess run = PeerServerProcess.run(
                PeerServerProcess.checkout(), Map.of("TMPDIR", empty.toString()), List.of("-a", "k,leakcheck"));

        assertThat(run.awaitExit()).isEqualTo(2);
        assertThat(empty).isEmptyDirectory();
    }

    private static void assertRefused(int exitStatus, String line, String... arguments) {
        PeerServerProcess run =
                PeerServerProcess.run(PeerServerProcess.checkout(), withTemporary(Map.of()), List.of(arguments));

        assertThat(run.awaitExit()).as(run.output()).isEqualTo(exitStatus);
        assertThat(run.output()).isEqualTo(line + '\n');
    }

    private static boolean isRunDirectory(Path path) {
        return String.valueOf(path.getFileName()).startsWith("peer-server.");
    }

    private static Map<String, String> withTemporary(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TMPDIR", temporary.toString());
        return all;
    }
}
