package peerserver.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import peerserver.conformance.AccessKey;
import peerserver.launch.PeerServerProcess;

/**
 * A domain of the full Payara Server, from the distribution that the system property {@code peerserver.payara-server}
 * names, configured by the scripts in {@code server-config/payara}.
 */
public record PayaraServer(Path asadmin, ServerDirectory domain, int port, int adminPort) implements TestedServer {

    private static final String LISTENERS =
            "set configs.config.server-config.network-config.network-listeners.network-listener.";

    static PayaraServer start(List<AccessKey> keys, Map<String, String> urisByDatabase) {
        return start(keys, urisByDatabase, "");
    }

    /**
     * Starts it on free ports, and waits until its databases are connected.
     *
     * @param more commands that it carries out before it starts, beside those of the script
     */
    public static PayaraServer start(List<AccessKey> keys, Map<String, String> urisByDatabase, String more) {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("peerserver.payara-server")));
        PayaraServer server = new PayaraServer(
                home.resolve("bin/asadmin"),
                ServerDirectory.copyOf(home.resolve("glassfish/domains/domain1")),
                PeerServerProcess.freePort(),
                PeerServerProcess.freePort());
        server.domain.writeKeys("config/keys.json", keys);
        server.importKey();
        server.boot(more);
        try {
            server.domain.write("databases.asadmin", declarations(urisByDatabase));
            server.administer("multimode", "--file", "databases.asadmin");
            server.administer("deploy", Objects.requireNonNull(System.getProperty("peerserver.war")));
            server.awaitReady();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private void importKey() {
        Path keyStore = domain.writeKeyStore("transactor-key.jks");
        domain.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool"),
                "-importkeystore",
                "-noprompt",
                "-srckeystore",
                keyStore.toString(),
                "-srcstorepass",
                "transactor",
                "-srcalias",
                "transactor",
                "-destalias",
                "peer-server",
                "-destkeystore",
                "config/keystore.p12",
                "-deststorepass",
                "changeit");
    }

    private void boot(String more) {
        Path commands = domain.write(
                "preboot.asadmin",
                LISTENERS + "http-listener-2.port=" + port + '\n' + LISTENERS + "admin-listener.port=" + adminPort
                        + '\n' + ServerDirectory.script("payara/preboot.asadmin") + more);
        domain.run(
                asadmin,
                "start-domain",
                "--domaindir",
                Objects.requireNonNull(domain.path().getParent()).toString(),
                "--prebootcommandfile",
                commands.toString(),
                Objects.requireNonNull(domain.path().getFileName()).toString());
    }

    /** The script's declaration of its one database, for each of these. */
    private static String declarations(Map<String, String> urisByDatabase) {
        String script = ServerDirectory.script("payara/databases.asadmin");
        StringBuilder all = new StringBuilder();
        urisByDatabase.forEach((name, uri) -> all.append(script.replace(escaped("datomic:mem://hello"), escaped(uri))
                .replace("datomic/hello", "datomic/" + name)));
        return all.toString();
    }

    private static String escaped(String value) {
        return value.replace(":", "\\:").replace("=", "\\=");
    }

    /** Has {@code asadmin} carry out a command while the server runs. */
    public void administer(String... command) {
        String[] arguments = new String[command.length + 2];
        arguments[0] = "--port";
        arguments[1] = Integer.toString(adminPort);
        System.arraycopy(command, 0, arguments, 2, command.length);
        domain.run(asadmin, arguments);
    }

    private void awaitReady() {
        Readiness.await(URI.create("https://localhost:" + port + "/health"));
    }

    /** Makes a password alias, which the server knows from its next start on. */
    public void keepAlias(String name, String secret) {
        Path file = domain.write("alias.txt", "AS_ADMIN_ALIASPASSWORD=" + secret);
        administer("--passwordfile", file.toString(), "create-password-alias", name);
    }

    /** Ends it and starts it again, and waits until its databases are connected. */
    public void restart() {
        ofDomain("restart-domain");
        awaitReady();
    }

    @Override
    public void close() {
        ofDomain("stop-domain");
    }

    private void ofDomain(String command) {
        domain.run(
                asadmin,
                command,
                "--domaindir",
                Objects.requireNonNull(domain.path().getParent()).toString(),
                Objects.requireNonNull(domain.path().getFileName()).toString());
    }
}
