package peerserver.chunk;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things kept on this node for each owner, bounded in number, bytes and age, so that none can use up another's room. What
 * was used longest ago goes first: a client that begins much and ends nothing must not lose what it began last.
 * Thread-safe.
 *
 * @param <T> what is kept
 */
public final class PerOwner<T> {

    private final Map<String, Room> owners = new ConcurrentHashMap<>();
    private final long most;
    private final long bytes;
    private final long idleNanos;
    private final ToLongFunction<T> weight;
    private final LongSupplier nanoTime;

    /**
     * Keeps things within bounds for each owner.
     *
     * @param most how many
     * @param bytes how many bytes in all, as {@code weight} tells them
     * @param idle how long something is kept unused
     */
    public PerOwner(long most, long bytes, Duration idle, ToLongFunction<T> weight) {
        this(most, bytes, idle, weight, System::nanoTime);
    }

    /** As the other constructor, by another clock. */
    public PerOwner(long most, long bytes, Duration idle, ToLongFunction<T> weight, LongSupplier nanoTime) {
        this.most = most;
        this.bytes = bytes;
        this.idleNanos = idle.toNanos();
        this.weight = weight;
        this.nanoTime = nanoTime;
    }

    /** Keeps something under an id; not at all when it alone is larger than the room. */
    public void put(TokenOwner owner, String id, T kept) {
        owners.computeIfAbsent(owner.name(), name -> new Room()).put(id, kept);
        // Whoever went away does not come back to make room: others do.
        owners.values().forEach(Room::shrink);
    }

    /** What is kept under that id. */
    public @Nullable T find(TokenOwner owner, String id) {
        Room room = owners.get(owner.name());
        return room == null ? null : room.find(id);
    }

    /** What is kept under that id, and no longer. */
    public @Nullable T take(TokenOwner owner, String id) {
        Room room = owners.get(owner.name());
        return room == null ? null : room.take(id);
    }

    /** Lets go of everything. */
    public void clear() {
        owners.clear();
    }

    private record Kept<T>(T kept, long weight, long usedAt) {}

    /** What is kept for one owner, in the order in which it was used. */
    private final class Room {

        private final LinkedHashMap<String, Kept<T>> things = new LinkedHashMap<>();
        private long taken;

        synchronized void put(String id, T kept) {
            take(id);
            long its = weight.applyAsLong(kept);
            if (its <= bytes) {
                things.put(id, new Kept<>(kept, its, nanoTime.getAsLong()));
                taken += its;
                shrink();
            }
        }

        synchronized @Nullable T find(String id) {
            T found = take(id);
            if (found != null) {
                put(id, found);
            }
            return found;
        }

        synchronized @Nullable T take(String id) {
            shrink();
            Kept<T> found = things.remove(id);
            if (found == null) {
                return null;
            }
            taken -= found.weight();
            return found.kept();
        }

        private synchronized void shrink() {
            long now = nanoTime.getAsLong();
            Iterator<Kept<T>> eldest = things.values().iterator();
            while (eldest.hasNext()) {
                Kept<T> next = eldest.next();
                if (things.size() <= most && taken <= bytes && now - next.usedAt() < idleNanos) {
                    return;
                }
                eldest.remove();
                taken -= next.weight();
            }
        }
    }
}
