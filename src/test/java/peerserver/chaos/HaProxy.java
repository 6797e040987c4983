package peerserver.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peerserver.launch.PeerServerProcess;

/** Debian's HAProxy with the configuration of {@code server-config/haproxy}, on free ports of loopback. */
final class HaProxy implements AutoCloseable {

    /** The names of its servers, in the order of the nodes. */
    static final List<String> NODES = List.of("one", "two", "three");

    private static final List<String> BACKENDS = List.of("sticky-nodes", "round-robin-nodes");
    private static final List<Integer> DOCUMENTED_NODES = List.of(9001, 9002, 9003);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How often in a row no request is seen, until none is expected. */
    private static final int QUIET = 8;

    private static final Pattern REQUEST =
            Pattern.compile(" ([a-z-]+)~ (\\S+)/(\\S+) \\S+ (-?\\d+) \\d+ - - (\\S{4}) \\S+ \\S+ \\{([^}]*)} \"");

    private static final Set<String> ROWS = Set.of("q", "datoms", "index-range", "index-pull", "tx-range", "next");

    /** Where clients come in. */
    enum Front {
        STICKY("sticky", 8998),
        ROUND_ROBIN("round-robin", 8999),
        /** Round-robin, too, for clients that would keep a cookie but are given none. */
        COOKIE_LESS("cookie-less", 0);

        private final String label;
        private final int documentedPort;

        Front(String label, int documentedPort) {
            this.label = label;
            this.documentedPort = documentedPort;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** A request that HAProxy has answered. */
    record Served(String front, String node, int status, String operation) {}

    private final Path directory;
    private final Map<Front, Integer> ports = new EnumMap<>(Front.class);
    private final Process process;

    private HaProxy(Path directory, List<Integer> nodePorts) throws IOException {
        this.directory = directory;
        Path shipped = PeerServerProcess.checkout().resolve("server-config/haproxy");
        String configuration = Files.readString(shipped.resolve("haproxy.cfg"));
        for (Front front : Front.values()) {
            ports.put(front, PeerServerProcess.freePort());
            configuration = configuration.replace(
                    "bind 127.0.0.1:" + front.documentedPort + ' ', "bind 127.0.0.1:" + ports.get(front) + ' ');
        }
        for (int node = 0; node < NODES.size(); node++) {
            configuration = configuration.replace(
                    "127.0.0.1:" + DOCUMENTED_NODES.get(node), "127.0.0.1:" + nodePorts.get(node));
        }
        Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        for (String file : List.of("await-writer.lua", "reads.lst")) {
            Files.copy(shipped.resolve(file), directory.resolve(file));
        }
        Files.writeString(directory.resolve("cookie-less.cfg"), """
                frontend cookie-less from peer-server
                    bind 127.0.0.1:%d ssl crt proxy.pem
                    http-request capture req.hdr(x-nano-op) len 48
                    http-request del-header Cookie
                    http-response del-header Set-Cookie
                    default_backend round-robin-nodes
                """.formatted(ports.get(Front.COOKIE_LESS)));
        process = new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", "haproxy.cfg", "-f", "cookie-less.cfg")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    /**
     * Starts it.
     *
     * @param directory holds {@code proxy.pem} and {@code nodes.pem}, and will hold all else
     * @param nodePorts of the nodes, in order
     */
    static HaProxy start(Path directory, List<Integer> nodePorts) {
        try {
            return new HaProxy(directory, nodePorts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint(Front front) {
        return "localhost:" + ports.get(front);
    }

    /** Sends what is for a node to another port from now on. */
    void route(String node, int port) {
        BACKENDS.forEach(backend -> command("set server %s/%s addr 127.0.0.1 port %d".formatted(backend, node, port)));
    }

    /** Gives a node nothing more. */
    void turnOff(String node) {
        command("set server sticky-nodes/" + node + " state maint");
    }

    /** Ends what is under way at a node, and gives it nothing more. */
    void cutOff(String node) {
        turnOff(node);
        BACKENDS.forEach(backend -> command("shutdown sessions server " + backend + '/' + node));
    }

    void turnOn(String node) {
        command("set server sticky-nodes/" + node + " state ready");
    }

    /** Waits until a node is taken for ready, or no longer. */
    void awaitReady(String node, boolean ready) {
        String wanted = ready ? "UP" : "DOWN";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!status(node).startsWith(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(node + " is not " + wanted + " but " + status(node));
            }
            pause();
        }
    }

    private String status(String node) {
        return command("show stat")
                .lines()
                .map(line -> line.split(",", -1))
                .filter(line -> line[0].equals("sticky-nodes") && line[1].equals(node))
                .map(line -> line[17])
                .findFirst()
                .orElse("unknown");
    }

    /** The requests for rows that were answered so far to whom came in there. */
    List<Served> served(Front front) {
        try {
            return Files.readAllLines(log()).stream()
                    .map(REQUEST::matcher)
                    .filter(Matcher::find)
                    .map(match -> new Served(
                            match.group(1),
                            match.group(3),
                            Integer.parseInt(match.group(4)),
                            match.group(6).replaceAll(".*/", "")))
                    .filter(served -> served.front().equals(front.label) && ROWS.contains(served.operation()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until no request has been under way for a while. */
    void awaitQuiet() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int quiet = 0; quiet < QUIET; quiet = underWay() == 0 ? quiet + 1 : 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(underWay() + " requests under way");
            }
            pause();
        }
    }

    private int underWay() {
        return command("show stat")
                .lines()
                .map(line -> line.split(",", -1))
                .filter(line -> BACKENDS.contains(line[0]) && line[1].equals("BACKEND"))
                .mapToInt(line -> Integer.parseInt(line[4]))
                .sum();
    }

    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A command of HAProxy's runtime API. */
    String command(String command) {
        for (int attempt = 1; ; attempt++) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(directory.resolve("haproxy.sock")));
                channel.write(ByteBuffer.wrap((command + '\n').getBytes(StandardCharsets.UTF_8)));
                String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
                if (answer.contains("Unknown command") || answer.contains("No such")) {
                    throw new IllegalArgumentException(command + ": " + answer);
                }
                return answer;
            } catch (IOException e) {
                if (attempt == 100 || !process.isAlive()) {
                    throw new IllegalStateException("HAProxy does not answer: " + logText(), e);
                }
                pause();
            }
        }
    }

    private Path log() {
        return directory.resolve("haproxy.log");
    }

    private String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
