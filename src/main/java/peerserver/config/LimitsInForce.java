package peerserver.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.SortedMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Every limit that is configured by a number, as it counts on this server; said once, when the server starts. */
@ApplicationScoped
public class LimitsInForce {

    private static final Logger LOG = Logger.getLogger(LimitsInForce.class.getName());

    /** The settings by their names. */
    public SortedMap<String, Long> values() {
        return of(ConfigProvider.getConfig());
    }

    /** What the records read, defaults and all. */
    static SortedMap<String, Long> of(Config config) {
        SortedMap<String, Long> read = Settings.read(() -> {
            RequestConfig.from(config);
            LoadConfig.from(config);
            IterationConfig.from(config);
            ClusterConfig.from(config);
            TransactionConfig.from(config);
            DatabaseConfig.from(config);
        });
        SecurityConfig security = SecurityConfig.from(config);
        read.put(SecurityConfig.BODY_MAX_BYTES, (long) security.bodyMaxBytes());
        read.put(SecurityConfig.BODY_TIMEOUT, security.bodyTimeout().toMillis());
        read.put(SecurityConfig.BODIES_MAX_BYTES, security.bodiesMaxBytes());
        read.put(SecurityConfig.BODIES_AT_ONCE, (long) security.bodiesAtOnce());
        read.put(SecurityConfig.BODIES_PER_ADDRESS, (long) security.bodiesPerAddress());
        return read;
    }

    void start(@Observes Startup event) {
        LOG.log(
                Level.INFO,
                "Limits: {0}",
                values().entrySet().stream()
                        .map(limit -> limit.getKey() + '=' + limit.getValue())
                        .collect(Collectors.joining(", ")));
    }
}
