package peerserver.chunk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things kept on this node for each owner, bounded in number, bytes and age, so that none can use up another's room.
 * Thread-safe.
 *
 * @param <T> what is kept
 */
public final class PerOwner<T> {

    private final Map<String, Cache<String, T>> owners = new ConcurrentHashMap<>();
    private final long most;
    private final long bytes;
    private final Duration idle;
    private final ToLongFunction<T> weight;

    /**
     * Keeps things within bounds for each owner.
     *
     * @param most how many
     * @param bytes how many bytes in all, as {@code weight} tells them
     * @param idle how long something is kept unused
     */
    public PerOwner(long most, long bytes, Duration idle, ToLongFunction<T> weight) {
        this.most = most;
        this.bytes = bytes;
        this.idle = idle;
        this.weight = weight;
    }

    /** Keeps something under an id. */
    public void put(TokenOwner owner, String id, T kept) {
        owners.computeIfAbsent(owner.name(), name -> cache()).put(id, kept);
    }

    /** What is kept under that id. */
    public @Nullable T find(TokenOwner owner, String id) {
        Cache<String, T> cache = owners.get(owner.name());
        return cache == null ? null : cache.getIfPresent(id);
    }

    /** What is kept under that id, and no longer. */
    public @Nullable T take(TokenOwner owner, String id) {
        Cache<String, T> cache = owners.get(owner.name());
        return cache == null ? null : cache.asMap().remove(id);
    }

    private Cache<String, T> cache() {
        // Nothing weighs less than its share of the room, so the weight bounds the number too.
        long least = Math.max(1, bytes / most);
        return Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, T>weigher(
                        (id, kept) -> (int) Math.min(Integer.MAX_VALUE, Math.max(least, weight.applyAsLong(kept))))
                .expireAfterAccess(idle)
                .executor(Runnable::run)
                .build();
    }
}
