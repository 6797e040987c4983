package peerserver.op;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.wire.AnomalyException;

/**
 * Watches over requests that may not end at their deadline by themselves. One thread looks at all of them every now and
 * then, and sleeps while there are none: a timer for each would wake a thread for each. Thread-safe.
 */
@Singleton
public class DeadlineWatch {

    private static final Logger LOG = Logger.getLogger(DeadlineWatch.class.getName());
    private static final long INTERVAL_MS = 50;

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean asleep;

    @Inject
    DeadlineWatch(ThreadFactory threads) {
        thread = threads.newThread(this::watch);
        thread.start();
    }

    /** Work that is watched; not a record, because each is only itself. */
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
        if (asleep) {
            LockSupport.unpark(thread);
        }
        return () -> watched.remove(work);
    }

    private void watch() {
        try {
            while (true) {
                asleep = true;
                while (watched.isEmpty()) {
                    LockSupport.park(this);
                    if (Thread.interrupted()) {
                        return;
                    }
                }
                asleep = false;
                Thread.sleep(INTERVAL_MS);
                watched.forEach(this::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Watched work) {
        if (work.deadline.longPast() && watched.remove(work)) {
            try {
                work.late.accept(work.deadline.exceeded());
            } catch (RuntimeException | Error e) {
                // Such as want of memory, of which others must not suffer.
                LOG.log(Level.WARNING, "A late request cannot be answered", e);
            }
        }
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }
}
