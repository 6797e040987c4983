package peerserver.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The access keys that count at a time. Immutable: who has taken one sees no change half made. */
final class KeyRing {

    private final Map<String, AccessKey> keys;
    private final List<Secret> decoys = new ArrayList<>();

    /** A ring of keys by their names. */
    KeyRing(Map<String, AccessKey> keys) {
        this.keys = Map.copyOf(keys);
        int most = keys.values().stream()
                .mapToInt(key -> key.secrets().size())
                .max()
                .orElse(1);
        while (decoys.size() < most) {
            decoys.add(Secret.unguessable());
        }
    }

    Set<String> names() {
        return keys.keySet();
    }

    /** The caller of that name; empty when there is no such key, or when none of its secrets is valid at the time. */
    Optional<Caller> caller(String name, Instant time) {
        AccessKey key = keys.get(name);
        List<Secret> secrets = key == null ? List.of() : key.secretsValidAt(time);
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
    List<Secret> candidates(String name, Instant time) {
        AccessKey key = keys.get(name);
        List<Secret> candidates = new ArrayList<>(key == null ? List.of() : key.secretsValidAt(time));
        candidates.addAll(decoys.subList(candidates.size(), decoys.size()));
        return candidates;
    }
}
