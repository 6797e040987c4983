package peerserver.work;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import peerserver.config.LoadConfig;
import peerserver.config.RequestConfig;
import peerserver.config.ShareConfig;

/**
 * How much is worked on at once, by whom and for whom: by the thread that brings the work, if there is a hand free, because
 * to wake another costs as much as a small request; or else by a thread of its own, when there is. How many requests are in
 * the house is bounded at the door, by {@link Share#admit}; whoever is in may hand over work at any time, so that an answer
 * that is ready is never refused a thread.
 *
 * <p>Each access key has a {@link Share}. A hand that gets free goes to the share for which the fewest work, and among such
 * to the one that has waited longest; no share gets all of them. No share takes more places than it leaves free.
 *
 * <p>As an executor it does what is done for no key in particular.
 */
@Singleton
public class Workers implements Executor {

    private final ShareConfig perKey;
    private final int refusalsPerSecond;
    private final HeapGuard heap;
    private final Semaphore places;
    private final Semaphore hands;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    private final Share house;
    private final AtomicInteger waiting = new AtomicInteger();

    /** The shares that have work waiting, the one that was served longest ago first; guarded by itself. */
    private final Set<Share> lines = new LinkedHashSet<>();

    private final Map<Admission, LongAdder> refused = Arrays.stream(Admission.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), reason -> new LongAdder()));
    private final ThreadPoolExecutor threads;
    private volatile boolean closed;

    /** As many at work and as many places as configured; the container makes the threads. */
    @Inject
    public Workers(RequestConfig config, LoadConfig load, HeapGuard heap, ThreadFactory factory) {
        this.perKey = load.perKey();
        this.refusalsPerSecond = load.refusalsPerSecond();
        this.heap = heap;
        this.places = new Semaphore(config.threads() + config.queue());
        this.hands = new Semaphore(config.threads());
        this.house = new Share(
                this,
                config.threads(),
                0,
                new Rate(0, System::nanoTime),
                new Spacing(load.refusalsPerSecond(), System::nanoTime));
        this.threads = new ThreadPoolExecutor(
                config.threads(), config.threads(), 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** What the access key of that name takes. */
    public Share share(String key) {
        Share share = shares.get(key);
        return share != null
                ? share
                : shares.computeIfAbsent(
                        key,
                        name -> new Share(
                                this,
                                perKey.atOnce(),
                                perKey.atOnce() + perKey.waiting(),
                                new Rate(perKey.perSecond(), System::nanoTime),
                                new Spacing(refusalsPerSecond, System::nanoTime)));
    }

    /** From now on no request is admitted; those that are in go on. */
    public void close() {
        closed = true;
    }

    /** Adds what is done when the heap gets full: it lets go of what can be had again. */
    public void whenHeapFull(Runnable letGo) {
        heap.whenFull(letGo);
    }

    /** How many requests are in the house, at work and waiting. */
    public int requests() {
        return shares.values().stream().mapToInt(Share::places).sum();
    }

    /** How many hands are free. */
    public int freeHands() {
        return hands.availablePermits();
    }

    /** How much work waits for a hand. */
    public int waiting() {
        return waiting.get();
    }

    /** How many requests were refused for that reason. */
    public long refused(Admission reason) {
        return Objects.requireNonNull(refused.get(reason)).sum();
    }

    Admission admit(Share share) {
        Admission admission = judged(share);
        if (admission != Admission.IN) {
            Objects.requireNonNull(refused.get(admission)).increment();
        }
        return admission;
    }

    private Admission judged(Share share) {
        if (closed) {
            return Admission.LEAVING;
        }
        if (heap.full()) {
            return Admission.HEAP_FULL;
        }
        if (!share.inTime()) {
            return Admission.KEY_TOO_FAST;
        }
        if (!places.tryAcquire()) {
            return Admission.HOUSE_FULL;
        }
        if (!share.takePlace(places.availablePermits() + 1)) {
            places.release();
            return Admission.KEY_FULL;
        }
        return Admission.IN;
    }

    void leave(Share share) {
        share.leavePlace();
        places.release();
    }

    boolean tryHere(Share share, Runnable work) {
        if (!takeHand(share)) {
            return false;
        }
        withHand(share, work);
        return true;
    }

    void spare(Share share, Runnable work) {
        if (!heap.full() && takeHand(share)) {
            threads.execute(() -> withHand(share, work));
        }
    }

    @Override
    public void execute(Runnable work) {
        execute(house, work);
    }

    void execute(Share share, Runnable work) {
        synchronized (lines) {
            share.await(work);
            lines.add(share);
            waiting.incrementAndGet();
        }
        callIn();
    }

    /** Takes a hand that nobody waits for. */
    private boolean takeHand(Share share) {
        if (waiting.get() > 0 || !hands.tryAcquire()) {
            return false;
        }
        if (!share.takeHand()) {
            hands.release();
            callIn();
            return false;
        }
        return true;
    }

    /** Does work and then lets go of the hand that was taken for it. */
    private void withHand(Share share, Runnable work) {
        try {
            work.run();
        } finally {
            share.leaveHand();
            hands.release();
            callIn();
        }
    }

    /** Gives what waits to threads, as far as there are hands for it. */
    private void callIn() {
        if (waiting.get() == 0) {
            return;
        }
        synchronized (lines) {
            while (waiting.get() > 0 && hands.tryAcquire()) {
                Share next = neediest();
                if (next == null) {
                    hands.release();
                    return;
                }
                Runnable work = Objects.requireNonNull(next.next());
                waiting.decrementAndGet();
                lines.remove(next);
                if (next.waits()) {
                    lines.add(next);
                }
                threads.execute(() -> withHand(next, work));
            }
        }
    }

    /** The waiting share for which the fewest hands work, with one more taken for it; null when all have what they may. */
    private @Nullable Share neediest() {
        Share neediest = null;
        for (Share share : lines) {
            if (share.mayHaveMoreHands() && (neediest == null || share.hands() < neediest.hands())) {
                neediest = share;
            }
        }
        return neediest != null && neediest.takeHand() ? neediest : null;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
