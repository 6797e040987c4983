package peerserver.conformance;

import java.util.ArrayList;
import java.util.List;
import peerserver.launch.PeerServerProcess;

/**
 * A server that suites share; closed at the end of the run.
 *
 * @param process where it runs
 * @param target what suites need of it
 * @param afterwards what is left to do when it has ended
 */
record RunningServer(PeerServerProcess process, Target target, Runnable afterwards) implements AutoCloseable {

    private static final List<AccessKey> KEYS =
            List.of(new AccessKey("myaccesskey", "mysecret"), new AccessKey("team/two", "s3cret,with,commas"));

    /**
     * Starts a server.
     *
     * @param databases as for {@code -d}
     */
    static RunningServer start(TestedEngine engine, List<String> databases, Runnable afterwards) {
        List<String> args = new ArrayList<>();
        KEYS.forEach(key -> args.addAll(List.of("-a", key.key() + "," + key.secret())));
        databases.forEach(database -> args.addAll(List.of("-d", database)));
        PeerServerProcess process = PeerServerProcess.start(args);
        return new RunningServer(process, new Target(process.port(), KEYS, engine), afterwards);
    }

    @Override
    public void close() {
        process.close();
        afterwards.run();
    }
}
