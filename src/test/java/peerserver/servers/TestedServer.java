package peerserver.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import peerserver.conformance.AccessKey;
import peerserver.launch.PeerServerProcess;

/**
 * A server with the WAR in it, that suites run against. Which one it is says the system property {@code
 * peerserver.server}, which Maven's profiles set; by default Payara Micro, as {@code bin/run} starts it.
 */
public interface TestedServer extends AutoCloseable {

    /** Starts it on a free port of localhost, and waits until its databases are connected. */
    static TestedServer start(List<AccessKey> keys, Map<String, String> urisByDatabase) {
        String chosen = System.getProperty("peerserver.server", "payara-micro");
        return switch (chosen) {
            case "payara-micro" -> PeerServerProcess.start(arguments(keys, urisByDatabase));
            case "payara-server" -> PayaraServer.start(keys, urisByDatabase);
            case "wildfly" -> WildFly.start(keys, urisByDatabase);
            default -> throw new IllegalArgumentException("no such server: " + chosen);
        };
    }

    private static List<String> arguments(List<AccessKey> keys, Map<String, String> urisByDatabase) {
        List<String> arguments = new ArrayList<>(PeerServerProcess.keys(keys));
        urisByDatabase.forEach((name, uri) -> arguments.addAll(List.of("-d", name + ',' + uri)));
        return arguments;
    }

    /** Where it listens for the client protocol. */
    int port();

    @Override
    void close();
}
