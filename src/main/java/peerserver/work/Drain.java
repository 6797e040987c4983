package peerserver.work;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.DrainConfig;

/**
 * How this node leaves. It says that it is not ready, and for a grace time serves everybody as ever, so that proxies notice.
 * If somebody is there to end the process, it then takes on nothing more, and once what is under way has come to its end,
 * that one is told; otherwise it stays as it is until it is stopped. Thread-safe.
 */
@Singleton
public class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class.getName());
    private static final long LOOK_MS = 20;

    /** What the container needs to write out the last answer. */
    private static final long SETTLE_MS = 200;

    private final DrainConfig config;
    private final Workers workers;
    private final Clock clock;
    private final ThreadFactory threads;

    private volatile @Nullable Instant since;
    private long graceEnds;
    private boolean forGood;
    private boolean closed;
    private boolean done;
    private boolean stopped;
    private int awaiting;
    private @Nullable Thread leaving;

    /**
     * How it stands.
     *
     * @param since when it began; absent while the node serves as ever
     * @param graceEnds until when everybody is served
     * @param accepting whether new requests are served
     * @param leaves whether the process ends by itself
     * @param underWay how many requests are
     */
    public record Standing(
            Optional<Instant> since, Optional<Instant> graceEnds, boolean accepting, boolean leaves, int underWay) {}

    @Inject
    Drain(DrainConfig config, Workers workers, Clock clock, ThreadFactory threads) {
        this.config = config;
        this.workers = workers;
        this.clock = clock;
        this.threads = threads;
    }

    /** Whether it has begun, so that nobody new should be sent here. */
    public boolean draining() {
        return since != null;
    }

    /** How it stands. */
    public synchronized Standing standing() {
        Optional<Instant> began = Optional.ofNullable(since);
        return new Standing(
                began,
                began.map(instant -> instant.plusMillis(config.graceMs())),
                !closed,
                leaves(),
                workers.requests());
    }

    /** Begins it, unless it has begun. It may be undone. */
    public synchronized void begin() {
        if (since != null || stopped) {
            return;
        }
        since = clock.instant();
        graceEnds = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.graceMs());
        leaving = ManagedThreads.daemon(threads, "leave the cluster", this::run);
        leaving.start();
        LOG.log(Level.INFO, "Draining: not ready any more, and serving everybody for {0} ms", config.graceMs());
    }

    /**
     * Undoes what {@link #begin} did, while everybody is served.
     *
     * @return whether the node serves as ever now
     */
    public synchronized boolean undo() {
        if (forGood || closed) {
            return false;
        }
        if (since != null) {
            since = null;
            notifyAll();
            LOG.log(Level.INFO, "No longer draining");
        }
        return true;
    }

    /** Begins it for good, as the process is to end, and returns when it is over. */
    public synchronized void leave() throws InterruptedException {
        forGood = true;
        begin();
        notifyAll();
        while (!done && !stopped) {
            wait();
        }
    }

    /**
     * For whoever ends the process when it is over.
     *
     * @return true when it is over; false when the application ends without it, or by {@link #leave}
     */
    public synchronized boolean awaitLeave() throws InterruptedException {
        awaiting++;
        notifyAll();
        try {
            while (!done && !forGood && !stopped) {
                wait();
            }
            return done && !forGood;
        } finally {
            awaiting--;
        }
    }

    private boolean leaves() {
        return forGood || awaiting > 0;
    }

    private void run() {
        try {
            if (close()) {
                finish();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes nothing more on once the grace time is over and the process is to end; false when that was undone. */
    private synchronized boolean close() throws InterruptedException {
        while (since != null) {
            long left = TimeUnit.NANOSECONDS.toMillis(graceEnds - System.nanoTime());
            if (left > 0) {
                wait(left);
            } else if (leaves()) {
                closed = true;
                workers.close();
                return true;
            } else {
                wait();
            }
        }
        return false;
    }

    private void finish() throws InterruptedException {
        int underWay = workers.requests();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.finishMs());
        while (workers.requests() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MS);
        }
        if (underWay > 0) {
            Thread.sleep(SETTLE_MS);
        }
        int left = workers.requests();
        LOG.log(
                left > 0 ? Level.WARNING : Level.INFO,
                "Drained: {0} requests were under way, {1} have not come to their end",
                new Object[] {underWay, left});
        synchronized (this) {
            done = true;
            notifyAll();
        }
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        notifyAll();
        if (leaving != null) {
            leaving.interrupt();
        }
    }
}
