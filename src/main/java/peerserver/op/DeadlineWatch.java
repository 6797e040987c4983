package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import peerserver.wire.AnomalyException;

/**
 * Watches over requests that may not end at their deadline by themselves. It looks at all of them every now and then, and
 * not at all while there are none: a timer for each would wake a thread for each. Thread-safe.
 */
@Singleton
public class DeadlineWatch {

    private static final long INTERVAL_MS = 50;

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService clock;

    @Inject
    DeadlineWatch(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /** A request that is watched; not a record, because each is only itself. */
    private static final class Watched {

        private final Deadline deadline;
        private final Consumer<AnomalyException> late;

        Watched(Deadline deadline, Consumer<AnomalyException> late) {
            this.deadline = deadline;
            this.late = late;
        }
    }

    /**
     * Watches over work that begins.
     *
     * @param late told once, soon after the deadline, by a thread that must not be held
     * @return to be run by whoever has ended the work, to end the watch
     */
    Runnable over(Deadline deadline, Consumer<AnomalyException> late) {
        Watched work = new Watched(deadline, late);
        watched.add(work);
        lookLater();
        return () -> watched.remove(work);
    }

    private void lookLater() {
        if (!watched.isEmpty() && looking.compareAndSet(false, true)) {
            var unused = clock.schedule(this::look, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watched.forEach(work -> {
            if (work.deadline.longPast() && watched.remove(work)) {
                work.late.accept(work.deadline.exceeded());
            }
        });
        looking.set(false);
        lookLater();
    }
}
