package peerserver.work;

import jakarta.annotation.PostConstruct;
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
import java.util.logging.Level;
import java.util.logging.Logger;
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
 * <p>What an engine does cannot always be ended. A hand at work for longer than any request may take is replaced: it goes
 * on counting for its share, but no longer for all.
 *
 * <p>As an executor it does what is done for no key in particular.
 */
@Singleton
public class Workers implements Executor {

    private static final Logger LOG = Logger.getLogger(Workers.class.getName());
    private static final long INTERVAL_MS = 1_000;

    private final ShareConfig perKey;
    private final int regular;
    private final int mostReplaced;
    private final long longestNanos;
    private final int refusalsPerSecond;
    private final HeapGuard heap;
    private final Semaphore places;
    private final Semaphore hands;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    private final Share house;
    private final Set<Hand> atWork = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<@Nullable Hand> mine = new ThreadLocal<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** The shares that have work waiting, the one that was served longest ago first; guarded by itself. */
    private final Set<Share> lines = new LinkedHashSet<>();

    private final Map<Admission, LongAdder> refused = Arrays.stream(Admission.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), reason -> new LongAdder()));
    private final ThreadPoolExecutor threads;
    private @Nullable Thread watch;

    /** How many hands were replaced and are still at work; guarded by this. */
    private int replaced;

    private volatile boolean closed;

    /** As many at work and as many places as configured; the container makes the threads. */
    @Inject
    public Workers(RequestConfig config, LoadConfig load, HeapGuard heap, ThreadFactory factory) {
        this.perKey = load.perKey();
        this.regular = config.threads();
        this.mostReplaced = config.extraThreads();
        this.longestNanos = TimeUnit.MILLISECONDS.toNanos(config.timeoutMs());
        this.refusalsPerSecond = load.refusalsPerSecond();
        this.heap = heap;
        this.places = new Semaphore(config.threads() + config.queue());
        this.hands = new Semaphore(config.threads());
        this.house = new Share(
                this,
                "(none)",
                config.threads(),
                0,
                new Rate(0, System::nanoTime),
                new Spacing(load.refusalsPerSecond(), System::nanoTime));
        this.threads = new ThreadPoolExecutor(
                regular, regular + mostReplaced, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    @PostConstruct
    void watch() {
        watch = ManagedThreads.daemon(
                threads.getThreadFactory(),
                "watch hands",
                () -> ManagedThreads.repeat(INTERVAL_MS, this::replaceOverdue));
        watch.start();
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
                                name,
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

    /** How many hands work past every deadline, and have been replaced. */
    public synchronized int replacedHands() {
        return replaced;
    }

    /** Whether all work goes on past every deadline, and no more hands may be added: nothing is done any more. */
    public boolean stuck() {
        return replacedHands() >= mostReplaced
                && atWork.stream().filter(this::overdue).count() >= regular;
    }

    /** Has that done if a hand replaces this thread's, because its work goes on past every deadline. */
    public void whenReplaced(Runnable work) {
        Hand hand = mine.get();
        if (hand != null) {
            hand.whenReplaced = work;
        }
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
        if (share.overdue()) {
            return Admission.KEY_OVERDUE;
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

    /** A hand at work; not a record, because each is only itself. */
    private static final class Hand {

        private final Share share;
        private final long since = System.nanoTime();
        private volatile @Nullable Runnable whenReplaced;

        Hand(Share share) {
            this.share = share;
        }
    }

    /** Does work and then lets go of the hand that was taken for it. */
    private void withHand(Share share, Runnable work) {
        Hand hand = new Hand(share);
        Hand outer = mine.get();
        atWork.add(hand);
        mine.set(hand);
        try {
            work.run();
        } finally {
            mine.set(outer);
            share.leaveHand();
            // Whoever takes it away, this or the watch, is the one to give the hand back.
            if (atWork.remove(hand)) {
                hands.release();
            } else {
                share.replaced(-1);
                replaced(-1);
            }
            callIn();
        }
    }

    private boolean overdue(Hand hand) {
        return System.nanoTime() - hand.since > longestNanos;
    }

    /** Adds a hand for each that works past every deadline, as long as that may be. */
    void replaceOverdue() {
        atWork.stream().filter(this::overdue).forEach(this::replace);
    }

    private void replace(Hand hand) {
        if (replacedHands() < mostReplaced && atWork.remove(hand)) {
            hand.share.replaced(1);
            replaced(1);
            LOG.log(
                    Level.WARNING,
                    "What access key {0} had begun goes on past every deadline, and cannot be ended;"
                            + " {1} of {2} extra threads are in use for such work",
                    new Object[] {hand.share.name(), replacedHands(), mostReplaced});
            hands.release();
            callIn();
            if (hand.whenReplaced != null) {
                hand.whenReplaced.run();
            }
        }
    }

    private synchronized void replaced(int more) {
        replaced += more;
        threads.setCorePoolSize(regular + replaced);
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
        if (watch != null) {
            watch.interrupt();
        }
        threads.shutdownNow();
    }
}
