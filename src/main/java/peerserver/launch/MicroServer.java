package peerserver.launch;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Payara Micro in this JVM, with one HTTPS listener and, in a cluster, the data grid; nothing else listens.
 *
 * @param directory where all of it lives
 * @param grid what joins it to other nodes; absent for a node on its own
 * @param libraries where everything is, Payara Micro and the application among it
 */
record MicroServer(
        RunDirectory directory, Endpoint endpoint, ListenerTls tls, Optional<DataGrid> grid, Path libraries) {

    /** Payara's own directory, within the private one. Names of files in resources are relative to it. */
    private static final String ROOT = "payara";

    private static final String CONFIG = "configs.config.server-config.";
    private static final String PROTOCOL = CONFIG + "network-config.protocols.protocol.https-listener.";
    private static final String LISTENERS = CONFIG + "network-config.network-listeners.network-listener.";

    /** Payara's own, of a domain that nobody administers. */
    private static final String MASTER_PASSWORD = "changeit";

    private static final String PROPERTIES_FACTORY = "org.glassfish.resources.custom.factory.PropertiesFactory";

    /** The peer library's connection pool repeats at length what the application says once of a database. */
    private static final String LOGGING = """
            handlers=peerserver.launch.StartupLog
            .level=WARNING
            peerserver.level=INFO
            org.apache.tomcat.jdbc.level=OFF
            """;

    /** Says at INFO that it stops, after the log has been closed; a filter survives that. */
    private static final Logger PAYARA_LOGGER = Logger.getLogger("PayaraMicro");

    private static volatile boolean started;

    /** Whether this JVM has begun to start a server. */
    static boolean started() {
        return started;
    }

    /**
     * Starts the server and deploys the application.
     *
     * @param beforeDeployment what has to be done between the two
     * @throws Refusal when either fails
     */
    void start(List<ServedDatabase> databases, Runnable beforeDeployment) throws Refusal, IOException {
        String password = UUID.randomUUID().toString();
        Path keystore = directory.write("keystore.p12", tls.key().current().pkcs12(password));
        System.setProperty("javax.net.ssl.keyStore", keystore.toString());
        System.setProperty("javax.net.ssl.keyStorePassword", password);
        System.setProperty("javax.net.ssl.keyStoreType", "PKCS12");
        for (ServedDatabase database : databases) {
            directory.write(ROOT + '/' + fileName(database), database.file());
        }
        if (grid.isPresent() && grid.get().secret().given()) {
            directory.write(ROOT + '/' + DataGrid.KEY_FILE, grid.get().secret().payaraKeyFile(MASTER_PASSWORD));
        }
        AtomicReference<Refusal> refused = new AtomicReference<>();
        PAYARA_LOGGER.setFilter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue());
        started = true;
        try {
            PayaraMicroRuntime runtime = payaraMicro()
                    .setRootDir(directory.path().resolve(ROOT).toFile())
                    .setLogPropertiesFile(directory
                            .write("logging.properties", LOGGING.getBytes(StandardCharsets.ISO_8859_1))
                            .toFile())
                    .setNoHazelcast(true)
                    .setSslPort(endpoint.port())
                    .setSslCert(ServerCertificate.ALIAS)
                    .setPreBootHandler(this::configure)
                    .setPostBootHandler(runner -> {
                        databases.forEach(database -> declare(runner, database));
                        join(runner, refused);
                        beforeDeployment.run();
                    })
                    .addDeploymentFile(
                            libraries.resolve("peer-server-skinny.war").toFile())
                    .bootStrap();
            if (runtime.getDeployedApplicationNames().isEmpty() || StartupLog.coreFailed()) {
                throw Refusal.ofMachine("the application could not be deployed: "
                        + StartupLog.reason().orElse("no reason given"));
            }
            StartupLog.release();
        } catch (BootstrapException e) {
            if (refused.get() != null) {
                throw refused.get();
            }
            throw Refusal.ofMachine("the application could not be deployed: "
                    + StartupLog.reason().orElse(e.getMessage()));
        }
    }

    /**
     * Payara Micro unpacked and on the class path: what its own launcher loads, by a class loader of its own, the JVM
     * cannot take from an archive. Payara looks up which jars it consists of, and trusts the code in that directory.
     */
    private PayaraMicroBoot payaraMicro() {
        Path payara = libraries.resolve("payara");
        System.setProperty(
                "fish.payara.micro.BootJar",
                payara.resolve("launch-micro.jar").toUri().toString());
        System.setProperty("fish.payara.micro.UnpackDir", payara.toString());
        try {
            return (PayaraMicroBoot) Class.forName("fish.payara.micro.impl.PayaraMicroImpl")
                    .getMethod("getInstance")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("there is no Payara Micro", e);
        }
    }

    private void configure(AdminCommandRunner runner) {
        set(runner, LISTENERS + "http-listener.enabled=false");
        set(runner, LISTENERS + "http-listener.address=127.0.0.1");
        set(runner, LISTENERS + "https-listener.address=" + endpoint.address().getHostAddress());
        // By default a connection ends with its 250th request: a new one costs as much as many requests, and the oldest
        // clients may send their next one on the old.
        set(runner, PROTOCOL + "http.max-connections=-1");
        set(runner, PROTOCOL + "http.server-header=false");
        tls.install().forEach(setting -> set(runner, PROTOCOL + "ssl." + setting));
        set(runner, CONFIG + "availability-service.availability-enabled=" + grid.isPresent());
        grid.ifPresent(cluster -> cluster.settings().forEach(setting -> set(runner, setting)));
        set(runner, CONFIG + "phone-home-runtime-configuration.enabled=false");
    }

    /** Joins the cluster before the application is deployed, which then finds its sessions. */
    private void join(AdminCommandRunner runner, AtomicReference<Refusal> refused) {
        if (grid.isPresent()) {
            try {
                grid.get().start(runner);
            } catch (Refusal e) {
                refused.set(e);
                throw new IllegalStateException(e);
            }
        }
    }

    private static void set(AdminCommandRunner runner, String assignment) {
        run(runner, "set", assignment);
    }

    private static void declare(AdminCommandRunner runner, ServedDatabase database) {
        run(
                runner,
                "create-custom-resource",
                "--restype",
                Properties.class.getName(),
                "--factoryclass",
                PROPERTIES_FACTORY,
                "--property",
                PROPERTIES_FACTORY + ".fileName=" + fileName(database),
                "datomic/" + database.name());
    }

    private static String fileName(ServedDatabase database) {
        return "databases/" + database.name() + ".properties";
    }

    private static void run(AdminCommandRunner runner, String command, String... arguments) {
        ClusterCommandResult result = runner.run(command, arguments);
        if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
            throw new IllegalStateException(command + " failed: " + result.getOutput());
        }
    }
}
