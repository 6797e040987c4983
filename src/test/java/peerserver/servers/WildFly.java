package peerserver.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import peerserver.conformance.AccessKey;
import peerserver.launch.PeerServerProcess;

/**
 * A WildFly from the distribution that the system property {@code peerserver.wildfly} names, configured by the scripts in
 * {@code server-config/wildfly}.
 */
final class WildFly implements TestedServer {

    private static final String CONFIGURATION = "standalone-microprofile.xml";

    private final Path bin;
    private final ServerDirectory directory;
    private final int port = PeerServerProcess.freePort();
    private final int managementPort = PeerServerProcess.freePort();
    private final Process process;

    private WildFly(Path home, List<AccessKey> keys) {
        bin = home.resolve("bin");
        directory = ServerDirectory.copyOf(home.resolve("standalone"));
        directory.writeKeys("configuration/keys.json", keys);
        directory.writeKeyStore("configuration/server.jks");
        directory.run(
                bin.resolve("jboss-cli.sh"),
                "-Djboss.server.base.dir=" + directory.path(),
                "--file=" + directory.write("server.cli", ServerDirectory.script("wildfly/server.cli")));
        process = boot();
    }

    static WildFly start(List<AccessKey> keys, Map<String, String> urisByDatabase) {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("peerserver.wildfly")));
        WildFly server = new WildFly(home, keys);
        try {
            Readiness.await(URI.create("http://localhost:" + server.managementPort + "/health"));
            server.directory.write("databases.cli", declarations(urisByDatabase));
            server.manage("--file=databases.cli");
            server.manage("--command=deploy " + System.getProperty("peerserver.war"));
            Readiness.await(URI.create("https://localhost:" + server.port + "/health"));
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private Process boot() {
        try {
            return directory
                    .command(
                            bin.resolve("standalone.sh"),
                            List.of(
                                    "-c",
                                    CONFIGURATION,
                                    "-Djboss.server.base.dir=" + directory.path(),
                                    "-Djboss.https.port=" + port,
                                    "-Djboss.management.http.port=" + managementPort))
                    .redirectOutput(
                            directory.path().resolve("standalone.sh.out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script's declaration of its one database, for each of these. */
    private static String declarations(Map<String, String> urisByDatabase) {
        String script = ServerDirectory.script("wildfly/databases.cli");
        StringBuilder all = new StringBuilder();
        urisByDatabase.forEach((name, uri) ->
                all.append(script.replace("datomic:mem://hello", uri).replace("datomic\\/hello", "datomic\\/" + name)));
        return all.toString();
    }

    private void manage(String action) {
        directory.run(bin.resolve("jboss-cli.sh"), "--connect", "--controller=localhost:" + managementPort, action);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        manage("--command=shutdown");
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
