package peerserver.conformance;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives suites the one server with databases of the peer library that all of them share; started when first asked for.
 * The databases are in memory, unless the system property {@code peerserver.test.uri} is another URI, with {@code *} for
 * the name; then they have to be there, and new.
 */
public final class SharedPeerServer extends SharedServer {

    private static final String URI = System.getProperty("peerserver.test.uri", "datomic:mem://*");

    @Override
    RunningServer start() {
        Map<String, String> databases = Target.DATABASES.stream()
                .collect(Collectors.toMap(Function.identity(), name -> URI.replace("*", name)));
        return RunningServer.start(TestedEngine.PEER_LIBRARY, databases, () -> {});
    }
}
