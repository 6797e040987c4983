package peerserver.conformance;

import java.util.List;

/** Gives suites the one server with databases in memory that all of them share; started when first asked for. */
public final class SharedPeerServer extends SharedServer {

    @Override
    RunningServer start() {
        List<String> databases = Target.DATABASES.stream()
                .map(name -> name + ",datomic:mem://" + name)
                .toList();
        return RunningServer.start(TestedEngine.PEER_LIBRARY, databases, () -> {});
    }
}
