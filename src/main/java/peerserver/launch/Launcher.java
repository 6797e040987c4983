package peerserver.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import peerserver.process.EndSignals;

/**
 * The main class behind {@code bin/run}, which gives it the run directory as its only argument. Writes one line to
 * standard output, when the server is ready; everything else goes to standard error.
 */
public final class Launcher {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PROBE_INTERVAL_MS = 100;

    /** How long browsers are to use HTTPS only, when they can trust the certificate. */
    private static final String HSTS = "peerserver.http.hsts-seconds";

    private static final String HSTS_SECONDS = "31536000";

    /** How long a node of a cluster that is to end serves everybody, so that proxies notice. */
    private static final String GRACE = "peerserver.drain.grace-ms";

    private static final String GRACE_MS = "5000";

    /** Tells the application that it shares sessions and a data grid with others. */
    private static final String CLUSTER = "peerserver.cluster";

    /** The streams of the process, whatever Payara makes of {@code System.out} and {@code System.err}. */
    private static final PrintStream OUT = stream(FileDescriptor.out);

    private static final PrintStream ERR = stream(FileDescriptor.err);

    private final RunDirectory directory;
    private final Path libraries;

    private Launcher(RunDirectory directory, Path libraries) {
        this.directory = directory;
        this.libraries = libraries;
    }

    /** Exits with 2 for wrong arguments and 1 when the server cannot be started; otherwise leaves it running. */
    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("--rehearse")) {
            start(Rehearsal.prepare(Path.of(args[1])));
            System.exit(0);
        }
        if (args.length != 1) {
            say("to be started by bin/run");
            System.exit(2);
        }
        start(new RunDirectory(Path.of(args[0]).toAbsolutePath()));
    }

    private static void start(RunDirectory directory) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Cleanup(directory));
        System.setOut(ERR);
        // Connections to a jar share one open file by default: who closes it, as class loaders of Payara's do,
        // breaks off what the peer library is just reading beside them.
        URLConnection.setDefaultUseCaches("jar", false);
        try {
            new Launcher(directory, libraries()).run();
        } catch (Refusal e) {
            say(e.line());
            System.exit(e.exitStatus());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            say("cannot start: " + e);
            System.exit(1);
        }
    }

    private void run() throws Refusal, IOException, GeneralSecurityException, InterruptedException {
        Options options = CommandLineParser.parse(directory.takeArguments());
        Optional<String> environmentPassword = directory.takeTlsPassword();
        Optional<String> environmentSecret = directory.takeClusterSecret();
        LogLine.hide(Secrets.of(options));
        Endpoint endpoint = Endpoint.resolve(options.host(), options.port());
        checkReachableByRight(options.tls(), endpoint);
        List<String> keysFiles = new ArrayList<>();
        ConfiguredKeys.files().ifPresent(keysFiles::add);
        if (options.keysFile().isPresent()) {
            keysFiles.add(checked(options.keysFile().get()).toString());
        }
        if (options.keys().isEmpty() && keysFiles.isEmpty() && !ConfiguredKeys.document()) {
            throw Refusal.ofArgument("at least one access key is needed: -a KEY,SECRET or --keys FILE");
        }
        ListenerTls tls = listenerTls(options.tls(), environmentPassword);
        Optional<DataGrid> grid = placed(options, environmentSecret, endpoint);
        if (!options.keys().isEmpty()) {
            byte[] json = KeysFile.json(options.keys()).getBytes(StandardCharsets.UTF_8);
            keysFiles.add(directory.write("keys.json", json).toString());
        }
        System.setProperty(ConfiguredKeys.FILES, String.join(",", keysFiles));

        if (tls.own()) {
            byDefault(HSTS, HSTS_SECONDS);
        }
        EarlyEngine engine = new EarlyEngine();
        engine.start();
        new MicroServer(directory, endpoint, tls, grid, libraries).start(options.databases(), engine::awaitLoaded);
        EndSignals.precede(() -> {
            NodeDrain.leave();
            tls.key().hide();
        });
        NodeDrain.endsProcess(tls.key()::hide);
        tls.key().show();
        awaitReadiness(Probe.of(health(endpoint), tls.key()));
        OUT.println("Peer server ready at " + endpoint.url() + " serving "
                + options.databases().stream().map(ServedDatabase::name).collect(Collectors.joining(", ")));
    }

    /** Sets what the operator has not. */
    private static void byDefault(String setting, String value) {
        if (System.getenv(setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")) == null) {
            System.getProperties().putIfAbsent(setting, value);
        }
    }

    /** Makes sure that the server can listen where it is to, and takes a place in the cluster, if there is one. */
    private static Optional<DataGrid> placed(Options options, Optional<String> environmentSecret, Endpoint endpoint)
            throws Refusal {
        if (options.cluster().isEmpty()) {
            endpoint.checkFree();
            return Optional.empty();
        }
        ClusterOptions cluster = options.cluster().get();
        if (cluster.nodes().stream().anyMatch(endpoint::takes)) {
            throw Refusal.ofArgument("-p is the port of an address of --cluster, which needs one of its own");
        }
        ClusterSecret secret = ClusterSecret.of(cluster, environmentSecret);
        LogLine.hide(Secrets.of(options).and(secret));
        endpoint.checkFree();
        byDefault(GRACE, GRACE_MS);
        byDefault(CLUSTER, "true");
        return Optional.of(DataGrid.of(cluster, secret));
    }

    private ListenerTls listenerTls(Tls tls, Optional<String> environmentPassword) throws Refusal {
        if (tls instanceof Tls.Keystore keystore) {
            ListenerTls own = ListenerTls.own(keystore, environmentPassword);
            if (own.key().current().outOfDate()) {
                say("warning: the certificate in " + keystore.file() + " is out of date");
            }
            return own;
        }
        if (tls instanceof Tls.BuiltIn builtIn && builtIn.insisted()) {
            say(
                    "warning: everybody has the private key of --tls datomic: whoever is on the way between clients and this"
                            + " server can pass for it, read all that passes and forge answers");
            say("warning: what signatures still prevent is requests that are changed or made up, but not those that are"
                    + " sent again while their date is fresh; --tls-keystore FILE prevents all of it");
        }
        return ListenerTls.builtIn(libraries.resolve("peer.jar"));
    }

    private static void checkReachableByRight(Tls tls, Endpoint endpoint) throws Refusal {
        if (tls instanceof Tls.BuiltIn builtIn && !builtIn.insisted() && !endpoint.loopback()) {
            throw Refusal.ofArgument("-h " + endpoint.host() + " is no loopback address, where the peer library's"
                    + " certificate protects nobody: use --tls-keystore FILE, or insist with --tls datomic");
        }
    }

    private static Path checked(Path keysFile) throws Refusal, IOException {
        if (!(Files.isRegularFile(keysFile) || Files.isDirectory(keysFile)) || !Files.isReadable(keysFile)) {
            throw Refusal.ofArgument("--keys: cannot read " + keysFile);
        }
        if (keysFile.toString().indexOf(',') >= 0) {
            throw Refusal.ofArgument("--keys: the path cannot contain a comma");
        }
        Set<PosixFilePermission> open = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        open.retainAll(Files.getPosixFilePermissions(keysFile));
        if (!open.isEmpty() && !Files.isDirectory(keysFile)) {
            say("warning: " + keysFile + " holds secrets and is not for its owner alone to read (chmod 600)");
        }
        return keysFile;
    }

    private static void awaitReadiness(Probe probe) throws Refusal, InterruptedException {
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        for (int status = probe.status(); !Probe.well(status); status = probe.status()) {
            if (System.nanoTime() > patienceEnds) {
                if (Probe.broken(status)) {
                    throw Refusal.ofMachine("the application does not work: /health answers " + status);
                }
                if (!said) {
                    said = true;
                    say(
                            status == Probe.NO_ANSWER
                                    ? "the server is up, but its health is not known yet"
                                    : "the server is up, but not every database is connected yet");
                }
            }
            Thread.sleep(PROBE_INTERVAL_MS);
        }
    }

    private static URL health(Endpoint endpoint) throws MalformedURLException {
        return URI.create(endpoint.localUrl() + "/health").toURL();
    }

    /** The directory of the jar this class is in. */
    private static Path libraries() throws URISyntaxException {
        return Path.of(Launcher.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolveSibling("");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static void say(String line) {
        ERR.println("peer-server: " + LogLine.line(line));
    }
}
