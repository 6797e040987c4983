package peerserver.conformance;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives suites the one server with databases in memory that all of them share; started when first asked for. */
public final class SharedPeerServer implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Target.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return RunningServer.shared(context, SharedPeerServer.class, SharedPeerServer::start)
                .target();
    }

    private static RunningServer start() {
        List<String> databases = Target.DATABASES.stream()
                .map(name -> name + ",datomic:mem://" + name)
                .toList();
        return RunningServer.start(TestedEngine.PEER_LIBRARY, databases, () -> {});
    }
}
