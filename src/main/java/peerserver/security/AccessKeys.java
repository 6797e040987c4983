package peerserver.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.config.SecurityConfig;

/** The access keys of this server, from all its keys files. They are read once, when the server starts. */
@ApplicationScoped
public class AccessKeys {

    private static final Logger LOG = Logger.getLogger(AccessKeys.class.getName());

    private final Clock clock;
    private final Map<String, AccessKey> keys = new HashMap<>();
    private final List<Secret> decoys = new ArrayList<>();

    /** For proxies only. */
    AccessKeys() {
        clock = Clock.systemUTC();
    }

    /**
     * Reads the keys files.
     *
     * @throws KeysFileException when one of them cannot be used, or when they declare a key twice
     */
    @Inject
    AccessKeys(SecurityConfig config, Clock clock) {
        this.clock = clock;
        for (Path file : config.keysFiles()) {
            for (AccessKey key : KeysFile.read(file)) {
                if (keys.putIfAbsent(key.name(), key) != null) {
                    throw new KeysFileException(
                            "Keys file " + file + ": the key " + key.name() + " is declared a second time");
                }
            }
        }
        int most = keys.values().stream()
                .mapToInt(key -> key.secrets().size())
                .max()
                .orElse(1);
        while (decoys.size() < most) {
            decoys.add(Secret.unguessable());
        }
    }

    /** Makes bad keys files known when the server starts, not at the first request. */
    void start(@Observes Startup event) {
        if (keys.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "No access keys: set {0}. Every request will be refused.",
                    SecurityConfig.KEYS_FILES);
        } else {
            LOG.log(Level.INFO, "{0} access keys", keys.size());
        }
    }

    /**
     * The caller of that name, with what it may do now.
     *
     * @param name the access key, which is the name of the container's caller principal
     * @return empty when there is no such key, or when none of its secrets is valid at this time
     */
    public Optional<Caller> caller(String name) {
        AccessKey key = keys.get(name);
        List<Secret> secrets = key == null ? List.of() : key.secretsValidAt(clock.instant());
        if (key == null || secrets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Caller(
                name, key.grants(), secrets.stream().map(Secret::tokenKey).toList(), key.trustedCode()));
    }

    /**
     * The secrets that a signature of the key may have been made with. Always the same number of them, whether there is
     * such a key or not: filled up with secrets that nobody knows, so that the time it takes to try them tells nothing.
     */
    List<Secret> candidates(String name) {
        AccessKey key = keys.get(name);
        Instant now = clock.instant();
        List<Secret> candidates = new ArrayList<>(key == null ? List.of() : key.secretsValidAt(now));
        candidates.addAll(decoys.subList(candidates.size(), decoys.size()));
        return candidates;
    }
}
