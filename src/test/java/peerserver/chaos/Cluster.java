package peerserver.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import peerserver.Directories;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Connection;
import peerserver.conformance.RealClient;
import peerserver.launch.OperatorCommand;
import peerserver.launch.TestKeystore;

/** Three nodes with the same data, each with a way to it that can be held, and HAProxy before them. */
final class Cluster implements AutoCloseable {

    /** What the nodes run on. */
    static final String SERVER = System.getProperty("peerserver.server", "payara-micro");

    static final AccessKey KEY = new AccessKey("library", "library-secret");

    /** The id of the database in memory, on every node. */
    private static final String MEMORY_ID = "one-and-the-same";

    private final Path directory;
    private final TestKeystore keystore;
    private final String trustedNode;
    private final String trustedProxy;
    private final List<Node> nodes = new ArrayList<>();
    private final List<HeldWay> ways = new ArrayList<>();
    private final Map<HaProxy.Front, Map<Library, Connection>> connections = new EnumMap<>(HaProxy.Front.class);
    private final ExecutorService starting = Executors.newCachedThreadPool();
    private final HaProxy proxy;
    private final Map<Iteration, Undisturbed> undisturbed;

    private Cluster(Path directory) throws IOException {
        this.directory = directory;
        keystore = TestKeystore.ofServer(directory.resolve("node.p12"), "node");
        trustedNode = TestKeystore.pem(keystore.certificate());
        Files.writeString(directory.resolve("nodes.pem"), trustedNode);
        TestKeystore shown = TestKeystore.ofServer(directory.resolve("proxy.p12"), "proxy");
        trustedProxy = TestKeystore.pem(shown.certificate());
        Files.writeString(directory.resolve("proxy.pem"), shown.pemWithKey());
        makeLibrary();
        for (String name : HaProxy.NODES) {
            Directories.copy(storage("library"), storage(name));
            nodes.add(node(storage(name)));
        }
        startNodes();
        HaProxy.NODES.forEach(this::fillMemory);
        nodes.forEach(node -> ways.add(HeldWay.to(node.port())));
        proxy = HaProxy.start(directory, nodes.stream().map(Node::port).toList());
        HaProxy.NODES.forEach(name -> proxy.awaitReady(name, true));
        for (HaProxy.Front front : HaProxy.Front.values()) {
            connections.put(
                    front,
                    Map.of(
                            Library.LOCAL, client(front).connect(Library.LOCAL.name()),
                            Library.IN_MEMORY, client(front).connect(Library.IN_MEMORY.name())));
        }
        undisturbed = Undisturbed.all(library -> direct(nodes.get(0), library.name()));
    }

    /** Starts all of it and connects, in a directory of its own. */
    static Cluster start(Path directory) {
        try {
            return new Cluster(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startNodes() {
        try {
            nodes.stream()
                    .map(node -> CompletableFuture.runAsync(node::start, starting))
                    .toList()
                    .forEach(CompletableFuture::join);
        } catch (RuntimeException | Error e) {
            nodes.forEach(Node::close);
            throw e;
        }
    }

    private void makeLibrary() throws IOException {
        Files.createDirectories(storage("library"));
        for (String database : List.of(Library.LOCAL.name(), Ledger.NAME)) {
            OperatorCommand.run("create-database", uri(storage("library"), database));
        }
        Node maker = micro(storage("library"));
        try {
            maker.start();
            Library.LOCAL.fill(direct(maker, Library.LOCAL.name()));
            Ledger.found(direct(maker, Ledger.NAME));
        } finally {
            maker.close();
        }
    }

    private Node node(Path storage) {
        return SERVER.equals("wildfly")
                ? new WildFlyNode(
                        keystore.file(),
                        environment(),
                        List.of(KEY),
                        urisByDatabase(storage),
                        Map.of(Library.IN_MEMORY.name(), MEMORY_ID))
                : micro(storage);
    }

    private Node micro(Path storage) {
        List<String> arguments = new ArrayList<>(List.of(
                "-a",
                KEY.key() + ',' + KEY.secret(),
                "--database-id",
                Library.IN_MEMORY.name() + ',' + MEMORY_ID,
                "--tls-keystore",
                keystore.file().toString()));
        urisByDatabase(storage).forEach((name, uri) -> arguments.addAll(List.of("-d", name + ',' + uri)));
        return new MicroNode(environment(), arguments);
    }

    private static Map<String, String> urisByDatabase(Path storage) {
        return Map.of(
                Library.LOCAL.name(),
                uri(storage, Library.LOCAL.name()),
                Library.IN_MEMORY.name(),
                "datomic:mem://" + Library.IN_MEMORY.name(),
                Ledger.NAME,
                uri(storage, Ledger.NAME));
    }

    /** The grace time is longer than HAProxy takes to notice that a node is not ready. */
    private static Map<String, String> environment() {
        return Map.of(
                "PEERSERVER_TLS_PASSWORD", TestKeystore.PASSWORD,
                "PEERSERVER_PROXIES", "127.0.0.1",
                "PEERSERVER_DRAIN_GRACE_MS", "5000");
    }

    private Path storage(String name) {
        return directory.resolve("storage-" + name);
    }

    private static String uri(Path storage, String database) {
        return "datomic:local://chaos/" + database + "?storage-dir=" + storage;
    }

    /** What each iteration gives when nothing happens. */
    Map<Iteration, Undisturbed> undisturbed() {
        return undisturbed;
    }

    HaProxy proxy() {
        return proxy;
    }

    Node node(String name) {
        return nodes.get(HaProxy.NODES.indexOf(name));
    }

    HeldWay way(String name) {
        return ways.get(HaProxy.NODES.indexOf(name));
    }

    RealClient client(HaProxy.Front front) {
        return new RealClient(proxy.endpoint(front), KEY, trustedProxy);
    }

    /** A connection by way of HAProxy. */
    Connection connection(HaProxy.Front front, Library library) {
        return Objects.requireNonNull(
                Objects.requireNonNull(connections.get(front)).get(library));
    }

    /** Makes the database in memory of a node that has started anew. */
    void fillMemory(String name) {
        Library.IN_MEMORY.fill(direct(node(name), Library.IN_MEMORY.name()));
    }

    /** A connection to a node itself. */
    Connection direct(Node node, String database) {
        return new RealClient("localhost:" + node.port(), KEY, trustedNode).connect(database);
    }

    /** Starts a node that is away in the background, after which HAProxy takes it for ready. */
    CompletableFuture<Void> startAsync(String name) {
        return CompletableFuture.runAsync(
                () -> {
                    proxy.awaitReady(name, false);
                    // It says that it is ready before it has what was in memory.
                    proxy.turnOff(name);
                    node(name).start();
                    fillMemory(name);
                    proxy.turnOn(name);
                    proxy.awaitReady(name, true);
                },
                starting);
    }

    @Override
    public void close() {
        proxy.close();
        ways.forEach(HeldWay::close);
        // They have nothing to save, and would take their time to leave.
        nodes.forEach(Node::kill);
        starting.shutdown();
    }
}
