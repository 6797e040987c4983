package peerserver.conformance;

import java.util.List;
import java.util.Map;
import peerserver.servers.TestedServer;

/**
 * A server that suites share; closed at the end of the run.
 *
 * @param server where it runs
 * @param target what suites need of it
 * @param afterwards what is left to do when it has ended
 */
record RunningServer(TestedServer server, Target target, Runnable afterwards) implements AutoCloseable {

    private static final List<AccessKey> KEYS = List.of(
            new AccessKey("myaccesskey", "mysecret"),
            new AccessKey("team/two", "s3cret,with,commas"),
            AccessKey.trusted("trusted", "s3cret"));

    /** Starts a server. */
    static RunningServer start(TestedEngine engine, Map<String, String> urisByDatabase, Runnable afterwards) {
        TestedServer server = TestedServer.start(KEYS, urisByDatabase);
        return new RunningServer(server, new Target(server.port(), KEYS, engine), afterwards);
    }

    @Override
    public void close() {
        server.close();
        afterwards.run();
    }
}
