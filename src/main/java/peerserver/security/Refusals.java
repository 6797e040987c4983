package peerserver.security;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peerserver.config.RefusalConfig;

/**
 * Slows those who sign wrongly again and again: the more often an address has failed with a key, the longer it waits for
 * the answer. Nobody else notices: who signs rightly is never asked for here, neither the key nor the address is ever
 * locked, and no thread is held. What is remembered, and how many wait, is bounded. Thread-safe.
 */
@Singleton
public class Refusals {

    private static final int LONGEST_KEY = 256;
    private static final int MOST_DOUBLINGS = 30;

    private final RefusalConfig config;
    private final Clock clock;
    private final Semaphore places;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Culprit, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Culprit, Failures> eldest) {
            return size() > config.remembered();
        }
    };

    private record Culprit(ByteBuffer network, String key) {}

    private record Failures(int count, long lastMs) {}

    @Inject
    Refusals(RefusalConfig config, Clock clock, ThreadFactory threads) {
        this.config = config;
        this.clock = clock;
        this.places = new Semaphore(config.waiting());
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
    }

    /**
     * Counts a failure.
     *
     * @param address where it came from; null when that is unknown
     * @param key the access key that was claimed
     * @return for how many milliseconds the answer is to be held back, by {@link #later}; 0: it is to be given at once,
     *     also because too many wait already
     */
    public long failed(@Nullable InetAddress address, String key) {
        long delay = delay(count(culprit(address, key)));
        return delay > 0 && places.tryAcquire() ? delay : 0;
    }

    /** Gives an answer later, by a thread that must not be held; to be called once for each delay. */
    public void later(long delayMs, Runnable answer) {
        var unused = timer.schedule(
                () -> {
                    places.release();
                    answer.run();
                },
                delayMs,
                TimeUnit.MILLISECONDS);
    }

    private static Culprit culprit(@Nullable InetAddress address, String key) {
        return new Culprit(ClientAddresses.network(address), key.substring(0, Math.min(key.length(), LONGEST_KEY)));
    }

    private int count(Culprit culprit) {
        long now = clock.millis();
        synchronized (failures) {
            Failures before = failures.get(culprit);
            int count = before != null && now - before.lastMs < config.forgetMs() ? before.count + 1 : 1;
            failures.put(culprit, new Failures(count, now));
            return count;
        }
    }

    private long delay(int count) {
        int beyond = count - config.free();
        if (beyond <= 0) {
            return 0;
        }
        int doublings = Math.min(beyond - 1, MOST_DOUBLINGS);
        long doubled = config.delayMs() << doublings;
        boolean tooFar = doubled >> doublings != config.delayMs();
        return tooFar ? config.maxDelayMs() : Math.min(doubled, config.maxDelayMs());
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
