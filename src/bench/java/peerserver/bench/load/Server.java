package peerserver.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import peerserver.launch.PeerServerProcess;
import peerserver.launch.TrialCheckout;

/**
 * A server in a process of its own.
 *
 * @param name who it is, in tables
 * @param port on localhost
 * @param process ends it when closed
 */
record Server(String name, int port, long pid, AutoCloseable process) implements AutoCloseable {

    static final String ACCESS_KEY = "bench";
    static final String SECRET = "bench-secret";
    static final String DATABASE = "bench";

    /** The options of every server's JVM; all else is the JVM's default. */
    static final String JVM_OPTIONS = "-Xms1g -Xmx4g";

    private static final List<String> ARGUMENTS =
            List.of("-a", ACCESS_KEY + "," + SECRET, "-d", DATABASE + ",datomic:mem://" + DATABASE);

    static final String OURS = "ours";
    static final String YARDSTICK = "yardstick";
    static final String CONTAINER = "container";

    /** Our server, as a user starts it. */
    static Server ours() {
        PeerServerProcess process = PeerServerProcess.start(Map.of("JAVA_OPTS", JVM_OPTIONS), ARGUMENTS);
        return new Server(OURS, process.port(), process.pid(), process);
    }

    static Server yardstick() {
        YardstickProcess process = YardstickProcess.start();
        return new Server(YARDSTICK, process.port(), process.pid(), process);
    }

    /** Our container and launcher with the engine and nothing else. */
    static Server container() {
        try {
            Path directory =
                    Files.createTempDirectory(Path.of("target", "bench").toAbsolutePath(), "container");
            PeerServerProcess process = PeerServerProcess.start(
                    TrialCheckout.built(
                                    directory,
                                    BareServlet.class,
                                    EngineSubject.class,
                                    Subject.class,
                                    Line.class,
                                    Items.class,
                                    Clj.class)
                            .root(),
                    Map.of("JAVA_OPTS", JVM_OPTIONS),
                    ARGUMENTS);
            return new Server(CONTAINER, process.port(), process.pid(), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot end " + name, e);
        }
    }
}
