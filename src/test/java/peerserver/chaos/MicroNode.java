package peerserver.chaos;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import peerserver.launch.PeerServerProcess;

/** A node that {@code bin/run} starts. */
final class MicroNode implements Node {

    private static final Pattern LOGGED = Pattern.compile("^(\\S+Z) ", Pattern.MULTILINE);

    private final int port = PeerServerProcess.freePort();
    private final Map<String, String> environment;
    private final List<String> arguments;
    private @Nullable PeerServerProcess process;

    MicroNode(Map<String, String> environment, List<String> arguments) {
        this.environment = Map.copyOf(environment);
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        startWith(Map.of());
    }

    /** The same with more environment. */
    void startWith(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        process = PeerServerProcess.startAt(port, all, arguments);
    }

    @Override
    public void kill() {
        if (process == null) {
            return;
        }
        try {
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long pid() {
        return running().pid();
    }

    /** What its clock said when it last wrote to its log. */
    Instant lastLogged() {
        return LOGGED.matcher(running().output())
                .results()
                .map(line -> Instant.parse(line.group(1)))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private PeerServerProcess running() {
        return Objects.requireNonNull(process, "not started");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
