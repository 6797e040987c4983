package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import peerserver.config.LoadConfig;
import peerserver.config.ShareConfig;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.work.Rate;

/**
 * How much is asked of a database at once, so that one which is slow or much asked leaves hands for the others. Who has to
 * wait for a turn waits without a hand. A request has one turn, at the first database that it reads: two that waited for
 * each other's second one would wait for ever. Thread-safe.
 */
@Singleton
public class DatabaseTurns {

    private static final CompletableFuture<@Nullable Void> AT_ONCE = CompletableFuture.completedFuture(null);

    private final ShareConfig config;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    @Inject
    DatabaseTurns(LoadConfig config) {
        this.config = config.perDatabase();
    }

    /**
     * Counts a request that is to change a database, which is no work for a hand.
     *
     * @throws AnomalyException {@code busy} when there were too many within a second
     */
    void count(String databaseId) {
        line(databaseId).count();
    }

    /**
     * Takes a turn for a request, which ends with it; nothing when it has one.
     *
     * @return done when the turn has come
     * @throws AnomalyException {@code busy} when too many wait for theirs, or there were too many within a second
     */
    CompletionStage<@Nullable Void> take(RequestContext context, String databaseId) {
        return context.turn().isFirst() ? line(databaseId).take(context.caller().name(), context.turn()) : AT_ONCE;
    }

    /** How many requests were refused for what they ask of a database. */
    public long refused() {
        return refused.sum();
    }

    private Line line(String databaseId) {
        Line line = lines.get(databaseId);
        return line != null ? line : lines.computeIfAbsent(databaseId, id -> new Line());
    }

    private AnomalyException busy(String message) {
        refused.increment();
        return Anomaly.of(Category.BUSY, message).exception();
    }

    private record Waiting(String caller, CompletableFuture<@Nullable Void> come) {}

    /** What is asked of one database. */
    private final class Line {

        private final Rate rate = new Rate(config.perSecond(), System::nanoTime);
        private final List<Waiting> waiting = new ArrayList<>();
        private final Map<String, Integer> takenByCaller = new HashMap<>();
        private int taken;

        void count() {
            if (!rate.take()) {
                throw busy("The database is asked more often a second than this server allows");
            }
        }

        CompletionStage<@Nullable Void> take(String caller, Turn turn) {
            count();
            Waiting place = next(caller);
            turn.endsWith(() -> end(place));
            return place.come();
        }

        private synchronized Waiting next(String caller) {
            if (taken < config.atOnce()) {
                taken++;
                takenByCaller.merge(caller, 1, Integer::sum);
                return new Waiting(caller, AT_ONCE);
            }
            long callers = waiting.stream()
                    .filter(other -> other.caller().equals(caller))
                    .count();
            // Nobody waits with more than others have room for.
            if (callers >= config.waiting() - waiting.size()) {
                throw busy("Too many requests wait for the database");
            }
            Waiting last = new Waiting(caller, new CompletableFuture<>());
            waiting.add(last);
            return last;
        }

        /**
         * Ends a turn, or gives up waiting for it. The turn goes to the caller who has the fewest, and of its requests to the
         * one that came first.
         */
        private void end(Waiting place) {
            Optional<Waiting> following;
            synchronized (this) {
                if (waiting.remove(place)) {
                    return;
                }
                takenByCaller.computeIfPresent(place.caller(), (name, count) -> count == 1 ? null : count - 1);
                following = waiting.stream()
                        .min(Comparator.comparingInt(next -> takenByCaller.getOrDefault(next.caller(), 0)));
                following.ifPresentOrElse(
                        next -> {
                            waiting.remove(next);
                            takenByCaller.merge(next.caller(), 1, Integer::sum);
                        },
                        () -> taken--);
            }
            following.ifPresent(next -> next.come().complete(null));
        }
    }
}
