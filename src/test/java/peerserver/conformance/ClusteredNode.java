package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A Payara Micro with the WAR that shares sessions and a data grid with others, on loopback. */
final class ClusteredNode implements AutoCloseable {

    static final AccessKey KEY = new AccessKey("clustered", "the secret of nodes that are together");

    private static final long START_MS = 240_000;

    private static final String LOOPBACK_ONLY = """
            set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.enabled=false
            set configs.config.server-config.network-config.network-listeners.network-listener.https-listener.address=127.0.0.1
            """;

    private static final String DATABASE = """
            create-custom-resource --restype java.util.Properties \
            --factoryclass org.glassfish.resources.custom.factory.PropertiesFactory \
            --property uri=datomic\\:mem\\://hello:create=true:required=true:database-id=hello-id datomic/hello
            """;

    private final Process process;
    private final Path log;
    private final int port;

    private ClusteredNode(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts a node, and waits for nothing.
     *
     * @param directory its own
     * @param port where it takes requests
     * @param unused a port for HTTP without TLS, where it takes none
     * @param grid the ports of all nodes' data grid, its own first
     */
    static ClusteredNode start(Path directory, int port, int unused, List<Integer> grid) throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Path keyStore = directory.resolve("transactor-key.jks");
        try (InputStream in = ClusteredNode.class.getResourceAsStream("/datomic/transactor-key.jks")) {
            Files.copy(Objects.requireNonNull(in), keyStore, StandardCopyOption.REPLACE_EXISTING);
        }
        Path keys = Files.writeString(directory.resolve("keys.json"), "[" + KEY.json() + "]");
        Path preBoot = Files.writeString(directory.resolve("pre-boot.txt"), LOOPBACK_ONLY);
        Path postBoot = Files.writeString(directory.resolve("post-boot.txt"), DATABASE);
        Path log = directory.resolve("server.log");
        String members = grid.stream().map(member -> "127.0.0.1:" + member).collect(Collectors.joining(","));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx700m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dhazelcast.socket.bind.any=false",
                        "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                        "-Djavax.net.ssl.keyStore=" + keyStore,
                        "-Djavax.net.ssl.keyStorePassword=transactor",
                        "-Dpeerserver.keys.files=" + keys,
                        "-Dpeerserver.cluster=true",
                        "-jar",
                        System.getProperty("payara.micro"),
                        "--disablephonehome",
                        "--port",
                        Integer.toString(unused),
                        "--sslport",
                        Integer.toString(port),
                        "--sslcert",
                        "transactor",
                        "--clustermode",
                        "tcpip:" + members,
                        "--interfaces",
                        "127.0.0.1",
                        "--startport",
                        grid.get(0).toString(),
                        "--hzpublicaddress",
                        "127.0.0.1:" + grid.get(0),
                        "--prebootcommandfile",
                        preBoot.toString(),
                        "--postbootcommandfile",
                        postBoot.toString(),
                        "--deploy",
                        System.getProperty("peerserver.war"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ClusteredNode(process, log, port);
    }

    int port() {
        return port;
    }

    Target target() {
        return new Target(port, List.of(KEY), TestedEngine.PEER_LIBRARY);
    }

    RealClient client() {
        return new RealClient("localhost:" + port, KEY);
    }

    /** What it has logged so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until its log has some text. */
    void await(String text) throws IOException, InterruptedException {
        long until = System.currentTimeMillis() + START_MS;
        while (!log().contains(text)) {
            assertThat(process.isAlive()).as(log()).isTrue();
            assertThat(System.currentTimeMillis()).as(log()).isLessThan(until);
            Thread.sleep(200);
        }
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
