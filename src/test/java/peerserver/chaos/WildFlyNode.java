package peerserver.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.AccessKey;
import peerserver.servers.WildFly;

/** A WildFly that comes back with what was deployed to it. */
final class WildFlyNode implements Node {

    private final Path keystore;
    private final Map<String, String> environment;
    private final List<AccessKey> keys;
    private final Map<String, String> urisByDatabase;
    private final Map<String, String> idsByDatabase;
    private @Nullable WildFly server;

    WildFlyNode(
            Path keystore,
            Map<String, String> environment,
            List<AccessKey> keys,
            Map<String, String> urisByDatabase,
            Map<String, String> idsByDatabase) {
        this.keystore = keystore;
        this.environment = Map.copyOf(environment);
        this.keys = List.copyOf(keys);
        this.urisByDatabase = Map.copyOf(urisByDatabase);
        this.idsByDatabase = Map.copyOf(idsByDatabase);
    }

    @Override
    public int port() {
        return running().port();
    }

    @Override
    public void start() {
        if (server == null) {
            server = WildFly.start(keystore, environment, keys, urisByDatabase, idsByDatabase);
        } else {
            server.restart();
        }
    }

    @Override
    public void kill() {
        if (server != null) {
            server.kill();
        }
    }

    @Override
    public long pid() {
        return running().pid();
    }

    private WildFly running() {
        return Objects.requireNonNull(server, "not started");
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
