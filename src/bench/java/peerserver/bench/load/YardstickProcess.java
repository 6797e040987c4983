package peerserver.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The run of {@code src/bench/clojure/yardstick.clj} in a process of its own. */
final class YardstickProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path LOG = Path.of("target/bench/yardstick.log");
    private static final Pattern READY = Pattern.compile("Yardstick ready on port (\\d+)");

    private final Process process;
    private final int port;

    private YardstickProcess(Process process) {
        this.process = process;
        this.port = awaitPort();
    }

    static YardstickProcess start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(Server.JVM_OPTIONS.split(" ")));
        command.addAll(List.of("-cp", classPath(), "clojure.main", "src/bench/clojure/yardstick.clj"));
        command.addAll(List.of(Server.ACCESS_KEY, Server.SECRET, Server.DATABASE));
        try {
            return new YardstickProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The libraries of this JVM with another Jetty, and core.async compiled, as the WAR has it. */
    private static String classPath() {
        Stream<String> libraries = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !entry.contains("/org/eclipse/jetty/") && !entry.contains("/org/slf4j/slf4j-"));
        return Stream.concat(Stream.of("target/clojure-aot", "target/bench/yardstick/*"), libraries)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private int awaitPort() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (process.isAlive() && System.nanoTime() < deadline) {
                Matcher ready = READY.matcher(Files.readString(LOG));
                if (ready.find()) {
                    return Integer.parseInt(ready.group(1));
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
        throw new IllegalStateException("the yardstick did not start, see " + LOG);
    }
}
