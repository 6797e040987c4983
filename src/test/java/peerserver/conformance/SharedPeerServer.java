package peerserver.conformance;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import peerserver.launch.PeerServerProcess;

/** Gives suites the one server with databases in memory that all of them share; started when first asked for. */
public final class SharedPeerServer implements ParameterResolver {

    private static final List<AccessKey> KEYS =
            List.of(new AccessKey("myaccesskey", "mysecret"), new AccessKey("team/two", "s3cret,with,commas"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Target.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedPeerServer.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .target();
    }

    /** The running server; closed with the root context, at the end of the run. */
    private record Running(PeerServerProcess process, Target target) implements AutoCloseable {

        static Running start() {
            List<String> args = new ArrayList<>();
            KEYS.forEach(key -> args.addAll(List.of("-a", key.key() + "," + key.secret())));
            Target.DATABASES.forEach(name -> args.addAll(List.of("-d", name + ",datomic:mem://" + name)));
            PeerServerProcess process = PeerServerProcess.start(args);
            return new Running(process, new Target(process.port(), KEYS));
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
