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
        return Settings.read(() -> {
            RequestConfig.from(config);
            LoadConfig.from(config);
            IterationConfig.from(config);
            ClusterConfig.from(config);
            TransactionConfig.from(config);
            DatabaseConfig.from(config);
            SecurityConfig.from(config);
            RefusalConfig.from(config);
            DrainConfig.from(config);
        });
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
