package peerserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.Driver;
import peerserver.conformance.AccessKey;
import peerserver.storage.PostgreSql;

/**
 * The Payara Micro that Arquillian starts: what it reads, written before that, and its end, for which Arquillian does
 * not wait. It listens on 127.0.0.1 only, serves the database {@code hello}, and shows the certificate that Datomic's
 * clients trust.
 *
 * <p>To be registered by a static field of the test: so the options are there before Arquillian reads its configuration,
 * and the process is still there when this looks for it.
 */
final class PayaraMicroProcess implements AfterAllCallback {

    /** Relative, since the adapter splits options at blanks, and the server runs in the same working directory. */
    private static final Path DIRECTORY = Path.of("target", "payara-micro");

    private static final Path KEY_STORE = DIRECTORY.resolve("transactor-key.jks");
    private static final Path PRE_BOOT = DIRECTORY.resolve("pre-boot.txt");
    private static final Path POST_BOOT = DIRECTORY.resolve("post-boot.txt");
    private static final Path KEYS = DIRECTORY.resolve("keys.json");
    private static final Path LOG = DIRECTORY.resolve("server.log");
    private static final Path TEMPORARY = DIRECTORY.resolve("tmp");

    /** Alias and password in the key store that the peer library carries. */
    private static final String TRANSACTOR = "transactor";

    private static final String LOOPBACK_ONLY = """
            set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
            set configs.config.server-config.network-config.network-listeners.network-listener.https-listener.address=127.0.0.1
            set configs.config.server-config.availability-service.availability-enabled=false
            """;

    private static final String DATABASE = """
            create-custom-resource --restype java.util.Properties \
            --factoryclass org.glassfish.resources.custom.factory.PropertiesFactory \
            --property uri=datomic\\:mem\\://arquillian:create=true:required=true datomic/hello
            """;

    /** A pool of the server's, a database that the peer library reads through it, and one with a URL. */
    private static final String DATA_SOURCE = """
            create-jdbc-connection-pool --datasourceclassname org.postgresql.ds.PGSimpleDataSource \
            --restype javax.sql.DataSource --property \
            serverName=127.0.0.1:portNumber=%d:databaseName=datomic:user=datomic:password=%s datomic-pool
            create-jdbc-resource --connectionpoolid datomic-pool jdbc/datomic
            create-custom-resource --restype java.util.Properties \
            --factoryclass org.glassfish.resources.custom.factory.PropertiesFactory \
            --property uri=datomic\\:sql\\://stored:data-source=jdbc/datomic datomic/stored
            create-custom-resource --restype java.util.Properties \
            --factoryclass org.glassfish.resources.custom.factory.PropertiesFactory \
            --property uri=datomic\\:sql\\://by-url?%s datomic/by-url
            """;

    /** Where Payara has settings of its own beside system properties and the environment. */
    private static final String SECRET_SETTINGS = """
            set-config-dir --directory=%s
            create-password-alias --passwordfile=%s in-alias.secret
            create-password-alias --passwordfile=%s peerserver.keys
            """;

    private static final Path SECRETS = DIRECTORY.resolve("secrets");

    /** In the keys file, with its secret. */
    static final AccessKey IN_FILE = new AccessKey("k", "s");

    /** In the keys file, with its secret in a file of the directory that Payara is told. */
    static final AccessKey IN_DIRECTORY = new AccessKey("in-directory", "secret-in-directory");

    /** In the keys file, with its secret in a password alias. */
    static final AccessKey IN_ALIAS = new AccessKey("in-alias", "secret-in-alias");

    /** In the keys file, with its secret in a system property. */
    static final AccessKey IN_PROPERTY = new AccessKey("in-property", "secret-in-property");

    /** All of it in a password alias. */
    static final AccessKey ALL_IN_ALIAS = new AccessKey("all-in-alias", "secret-of-all-in-alias");

    /** In the keys file, with its secret; what it sends may run any code. */
    static final AccessKey TRUSTED = AccessKey.trusted("trusted", "secret-of-trusted");

    private static final int TIMEOUT_MS = 30_000;

    private final int port;
    private final SSLSocketFactory sockets;

    private PayaraMicroProcess(int port, SSLSocketFactory sockets) {
        this.port = port;
        this.sockets = sockets;
    }

    /** Writes the files and sets the system properties that {@code arquillian.xml} refers to. */
    static PayaraMicroProcess prepare() {
        try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket https = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            writeFiles();
            System.setProperty("peerserver.arquillian.jvm", String.join(" ", jvmOptions()));
            System.setProperty(
                    "peerserver.arquillian.payara",
                    String.join(" ", payaraOptions(http.getLocalPort(), https.getLocalPort())));
            return new PayaraMicroProcess(https.getLocalPort(), trustingTransactor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it listens by TLS. */
    int port() {
        return port;
    }

    /** A connection to the server, by TLS. */
    HttpsURLConnection open(String path) throws IOException {
        URI uri = URI.create("https://localhost:" + port + path);
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setSSLSocketFactory(sockets);
        connection.setHostnameVerifier((host, session) -> true);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        return connection;
    }

    /** What it has logged so far. */
    String log() throws IOException {
        return Files.readString(LOG.resolveSibling(LOG.getFileName() + ".0"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException, ExecutionException {
        end();
    }

    /** Asks the process to end, unless it has, and waits for it. */
    void end() throws IOException, InterruptedException, ExecutionException {
        for (ProcessHandle process : ProcessHandle.current().children().toList()) {
            List<String> command = Arrays.asList(process.info().arguments().orElse(new String[0]));
            if (command.contains(PRE_BOOT.toString())) {
                end(process);
                removeCopy(Path.of(command.get(command.indexOf("--deploy") + 1)));
            }
        }
    }

    private static void end(ProcessHandle process) throws InterruptedException, ExecutionException {
        process.destroy();
        try {
            process.onExit().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().get();
        }
    }

    /** The adapter puts the WAR below a new temporary directory and leaves it there. */
    private static void removeCopy(Path war) throws IOException {
        Path deployments = Objects.requireNonNull(war.getParent());
        Files.delete(war);
        Files.delete(deployments);
        Files.delete(Objects.requireNonNull(deployments.getParent()));
    }

    private static void writeFiles() throws IOException {
        Files.createDirectories(TEMPORARY);
        // Payara numbers its log files, and would append.
        Files.deleteIfExists(DIRECTORY.resolve("server.log.0"));
        Files.writeString(
                PRE_BOOT,
                LOOPBACK_ONLY
                        + SECRET_SETTINGS.formatted(
                                SECRETS.toAbsolutePath(),
                                password("in-alias.txt", IN_ALIAS.secret()),
                                password("keys.txt", "[" + oneLine(ALL_IN_ALIAS.json()) + "]")));
        PostgreSql storage = PostgreSql.shared();
        String url = storage.url(PostgreSql.STORAGE).replaceAll("[:=]", "\\\\$0");
        Files.writeString(POST_BOOT, DATABASE + DATA_SOURCE.formatted(storage.port(), PostgreSql.PASSWORD, url));
        writeKeys();
        try (InputStream keyStore = PayaraMicroProcess.class.getResourceAsStream("/datomic/transactor-key.jks")) {
            Files.copy(Objects.requireNonNull(keyStore), KEY_STORE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeKeys() throws IOException {
        Files.createDirectories(SECRETS);
        Files.writeString(SECRETS.resolve("in-directory.secret"), IN_DIRECTORY.secret());
        Files.writeString(
                KEYS,
                Stream.of(
                                IN_FILE.json(),
                                TRUSTED.json(),
                                referring(IN_DIRECTORY),
                                referring(IN_ALIAS),
                                referring(IN_PROPERTY))
                        .collect(Collectors.joining(",\n", "[", "]")));
    }

    /** An entry whose secret is the setting that is called as the key is. */
    private static String referring(AccessKey key) {
        return key.json()
                .replace("\"secret\": \"" + key.secret() + '"', "\"secret-from\": \"" + key.key() + ".secret\"");
    }

    private static Path password(String file, String password) throws IOException {
        return Files.writeString(DIRECTORY.resolve(file), "AS_ADMIN_ALIASPASSWORD=" + password)
                .toAbsolutePath();
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }

    private static List<String> jvmOptions() {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + TEMPORARY,
                "-Djavax.net.ssl.keyStore=" + KEY_STORE,
                "-Djavax.net.ssl.keyStorePassword=" + TRANSACTOR,
                "-Din-property.secret=" + IN_PROPERTY.secret(),
                "-Dpeerserver.drain.on-signal=true",
                "-Dpeerserver.keys.files=" + KEYS);
    }

    private static List<String> payaraOptions(int httpPort, int httpsPort) {
        return List.of(
                "--port",
                Integer.toString(httpPort),
                "--sslport",
                Integer.toString(httpsPort),
                "--sslcert",
                TRANSACTOR,
                "--addlibs",
                driver().toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--logtofile",
                LOG.toString(),
                "--prebootcommandfile",
                PRE_BOOT.toString(),
                "--postbootcommandfile",
                POST_BOOT.toString());
    }

    /** For the server, whose pool needs it; the WAR has its own. */
    private static Path driver() {
        URI jar = URI.create(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toString());
        return Path.of(jar);
    }

    /** Trusts the one certificate, which is out of date and of no host in particular, as Datomic's clients do. */
    private static SSLSocketFactory trustingTransactor() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(KEY_STORE.toFile(), TRANSACTOR.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
