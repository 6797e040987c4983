package peerserver.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import peerserver.conformance.AccessKey;
import peerserver.servers.TestedServer;

/**
 * A run of {@code bin/run} in a process of its own, for tests. What it writes goes into files: reading along would cost it, and
 * whoever measures it, two switches of threads for each line.
 */
public final class PeerServerProcess implements TestedServer {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    /** Quick to start, which is what counts in a test. */
    private static final String JAVA_OPTS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String READY = "Peer server ready at ";

    private final Process process;
    private final int port;
    private final Path out;
    private final Path err;

    private PeerServerProcess(Process process, int port, Path out, Path err) {
        this.process = process;
        this.port = port;
        this.out = out;
        this.err = err;
        ServerLogs.add(this);
    }

    /**
     * Starts a server on a free port of localhost and waits until it is ready.
     *
     * @param args arguments of {@code bin/run} without {@code -h} and {@code -p}
     * @throws IllegalStateException with all that was captured when the server does not get ready
     */
    public static PeerServerProcess start(List<String> args) {
        return start(checkout(), Map.of(), args);
    }

    /** The arguments that give a server keys: those whose code is trusted come in a file, and the others by {@code -a}. */
    public static List<String> keys(List<AccessKey> keys) {
        List<String> arguments = new ArrayList<>();
        List<AccessKey> trusted = keys.stream().filter(AccessKey::trustedCode).toList();
        keys.stream()
                .filter(key -> !key.trustedCode())
                .forEach(key -> arguments.addAll(List.of("-a", key.key() + ',' + key.secret())));
        if (!trusted.isEmpty()) {
            arguments.addAll(List.of("--keys", keysFile(trusted).toString()));
        }
        return arguments;
    }

    private static Path keysFile(List<AccessKey> keys) {
        try {
            Path file = Files.createTempFile("keys", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file, keys.stream().map(AccessKey::json).collect(Collectors.joining(",\n", "[", "]")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with more environment, for example {@code JAVA_OPTS}. */
    public static PeerServerProcess start(Map<String, String> environment, List<String> args) {
        return start(checkout(), environment, args);
    }

    /** The same with the {@code bin/run} of another directory, and with more environment. */
    public static PeerServerProcess start(Path root, Map<String, String> environment, List<String> args) {
        return start(root, environment, args, READY);
    }

    /** The same on a port that was chosen before, of a server that comes back. */
    public static PeerServerProcess startAt(int port, Map<String, String> environment, List<String> args) {
        return start(port, checkout(), environment, args, READY);
    }

    private static PeerServerProcess start(
            Path root, Map<String, String> environment, List<String> args, String awaited) {
        return start(freePort(), root, environment, args, awaited);
    }

    private static PeerServerProcess start(
            int port, Path root, Map<String, String> environment, List<String> args, String awaited) {
        List<String> all = new ArrayList<>(List.of("-h", "localhost", "-p", Integer.toString(port)));
        all.addAll(args);
        PeerServerProcess server = run(root, environment, all, port);
        try {
            server.awaitLine(awaited);
            return server;
        } catch (RuntimeException | Error e) {
            server.stop();
            throw e;
        }
    }

    /** The same for a server with a database that cannot be reached: waits until it is up and says so. */
    public static PeerServerProcess startUnready(List<String> args) {
        return startUnready(Map.of(), args);
    }

    /** The same with more environment. */
    public static PeerServerProcess startUnready(Map<String, String> environment, List<String> args) {
        return start(checkout(), environment, args, "not every database is connected yet");
    }

    /** Waits until it is ready after all. */
    public void awaitReady() {
        awaitLine(READY);
    }

    /** Starts {@code bin/run} with just these arguments, and does not wait for anything. */
    static PeerServerProcess run(Path root, Map<String, String> environment, List<String> args) {
        return run(root, environment, args, -1);
    }

    /** The project that the tests belong to. */
    public static Path checkout() {
        return Path.of(System.getProperty("peerserver.basedir", System.getProperty("user.dir")));
    }

    /** A port of localhost that nothing listens on, at least not a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    /** The process id of the JVM. */
    public long pid() {
        return process.pid();
    }

    /** All that it wrote so far, standard output before standard error. */
    public String output() {
        return standardOutput() + standardError();
    }

    String standardOutput() {
        return text(out);
    }

    String standardError() {
        return text(err);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for the process to end by itself and gives its exit status. */
    public int awaitExit() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Asks it to end, waits for that, and insists after 30 s. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Kills it, so that it can do nothing more, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        stop();
    }

    private static PeerServerProcess run(Path root, Map<String, String> environment, List<String> args, int port) {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("bin/run").toString());
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putIfAbsent("JAVA_OPTS", JAVA_OPTS);
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            Path out = outputFile("server-out");
            Path err = outputFile("server-err");
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            return new PeerServerProcess(builder.start(), port, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path outputFile(String name) throws IOException {
        Path file = Files.createTempFile(name, ".log");
        file.toFile().deleteOnExit();
        return file;
    }

    /** It may end within a character, of which the rest is still to come. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLine(String awaited) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!output().contains(awaited)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + awaitExit() + ":\n" + output());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not ready after " + START + ":\n" + output());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
