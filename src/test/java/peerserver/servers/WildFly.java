package peerserver.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import peerserver.conformance.AccessKey;
import peerserver.launch.PeerServerProcess;

/**
 * A WildFly from the distribution that the system property {@code peerserver.wildfly} names, configured by the scripts in
 * {@code server-config/wildfly}.
 */
public final class WildFly implements TestedServer {

    private static final String CONFIGURATION = "standalone-microprofile.xml";

    private static final String DATABASE_ID = "/subsystem=naming/binding=java\\:global\\/datomic\\/hello\\/database-id"
            + ":add(binding-type=simple, type=java.lang.String, value=\"%s\")";

    private final Path bin;
    private final ServerDirectory directory;
    private final int port = PeerServerProcess.freePort();
    private final int managementPort = PeerServerProcess.freePort();
    private final Map<String, String> environment;
    private Process process;

    private WildFly(Path home, Map<String, String> environment, ServerDirectory directory) {
        this.bin = home.resolve("bin");
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        directory.run(
                environment,
                bin.resolve("jboss-cli.sh"),
                "-Djboss.server.base.dir=" + directory.path(),
                "--file=" + directory.write("server.cli", ServerDirectory.script("wildfly/server.cli")));
        process = boot();
    }

    static WildFly start(List<AccessKey> keys, Map<String, String> urisByDatabase) {
        ServerDirectory directory = ServerDirectory.copyOf(home().resolve("standalone"));
        directory.writeKeyStore("configuration/server.jks");
        return start(directory, Map.of(), keys, urisByDatabase, Map.of());
    }

    /** The same with a keystore of one's own, whose password and more is in the environment, and with ids of databases. */
    public static WildFly start(
            Path keystore,
            Map<String, String> environment,
            List<AccessKey> keys,
            Map<String, String> urisByDatabase,
            Map<String, String> idsByDatabase) {
        ServerDirectory directory = ServerDirectory.copyOf(home().resolve("standalone"));
        directory.copy(keystore, "configuration/server.jks");
        return start(directory, environment, keys, urisByDatabase, idsByDatabase);
    }

    private static WildFly start(
            ServerDirectory directory,
            Map<String, String> environment,
            List<AccessKey> keys,
            Map<String, String> urisByDatabase,
            Map<String, String> idsByDatabase) {
        directory.writeKeys("configuration/keys.json", keys);
        WildFly server = new WildFly(home(), environment, directory);
        try {
            Readiness.await(server.managedHealth());
            server.directory.write("databases.cli", declarations(urisByDatabase, idsByDatabase));
            server.manage("--file=databases.cli");
            server.manage("--command=deploy " + System.getProperty("peerserver.war"));
            Readiness.await(server.managedHealth());
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Starts it once more, as it is, and waits until its databases are connected. */
    public void restart() {
        process = boot();
        Readiness.await(managedHealth());
    }

    /** Kills it, so that it can do nothing more, and waits until it is gone. */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    /** The process id of its JVM. */
    public long pid() {
        return process.descendants()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static Path home() {
        return Path.of(Objects.requireNonNull(System.getProperty("peerserver.wildfly")));
    }

    /** On the management port, where the health of all that is deployed is told, too. */
    private URI managedHealth() {
        return URI.create("http://localhost:" + managementPort + "/health");
    }

    private Process boot() {
        ProcessBuilder command = directory.command(
                bin.resolve("standalone.sh"),
                List.of(
                        "-c",
                        CONFIGURATION,
                        "-Djboss.server.base.dir=" + directory.path(),
                        "-Djboss.https.port=" + port,
                        "-Djboss.management.http.port=" + managementPort));
        command.environment().putAll(environment);
        try {
            return command.redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.path().resolve("standalone.sh.out").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script's declaration of its one database, for each of these. */
    private static String declarations(Map<String, String> urisByDatabase, Map<String, String> idsByDatabase) {
        String script = ServerDirectory.script("wildfly/databases.cli");
        StringBuilder all = new StringBuilder();
        urisByDatabase.forEach((name, uri) -> {
            String id = idsByDatabase.get(name);
            String one = id == null ? script : script.replace("run-batch", DATABASE_ID.formatted(id) + "\nrun-batch");
            all.append(one.replace("datomic:mem://hello", uri).replace("datomic\\/hello", "datomic\\/" + name));
        });
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
