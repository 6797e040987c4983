package peerserver.db.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.config.PeerConfig;

/** Hands settings to the peer library, which takes them from system properties, once, as it is loaded. */
final class SystemSettings {

    private static final Logger LOG = Logger.getLogger(SystemSettings.class.getName());

    private final List<String> set = new ArrayList<>();

    private SystemSettings() {}

    static SystemSettings apply(PeerConfig config) {
        SystemSettings applied = new SystemSettings();
        config.settings().forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
                applied.set.add(name);
            }
        });
        if (!config.settings().isEmpty()) {
            LOG.log(Level.INFO, "The peer library is set to {0}", config);
        }
        return applied;
    }

    /** Takes back what was not set before, so that the application can be deployed again with other settings. */
    void withdraw() {
        set.forEach(System::clearProperty);
    }
}
