package peerserver.conformance;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives suites the one server with databases in memory that all of them share; started when first asked for. */
public final class SharedPeerServer extends SharedServer {

    @Override
    RunningServer start() {
        Map<String, String> databases = Target.DATABASES.stream()
                .collect(Collectors.toMap(Function.identity(), name -> "datomic:mem://" + name));
        return RunningServer.start(TestedEngine.PEER_LIBRARY, databases, () -> {});
    }
}
