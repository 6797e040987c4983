package peerserver.work;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import peerserver.config.RequestConfig;

/**
 * How much is worked on at once, and by whom: by the thread that brings the work, if there is a hand free, because to wake
 * another costs as much as a small request; or else by a thread of its own, when there is. How many requests are in the
 * house is bounded at the door, by {@link #admit}; whoever is in may hand over work at any time, so that an answer that is
 * ready is never refused a thread.
 */
@Singleton
public class Workers implements Executor {

    private final Semaphore places;
    private final Semaphore hands;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor threads;

    /** As many at work and as many places as configured; the container makes the threads. */
    @Inject
    public Workers(RequestConfig config, ThreadFactory factory) {
        this.places = new Semaphore(config.threads() + config.queue());
        this.hands = new Semaphore(config.threads());
        this.threads = new ThreadPoolExecutor(
                config.threads(), config.threads(), 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Takes a place for a request, if there is one; it is to be given back by {@link #leave}. */
    public boolean admit() {
        return places.tryAcquire();
    }

    /** Gives a place back. */
    public void leave() {
        places.release();
    }

    /**
     * Does work at once, by this thread, if there is a hand free that nobody waits for.
     *
     * @return whether it was done
     */
    public boolean tryHere(Runnable work) {
        if (!waiting.isEmpty() || !hands.tryAcquire()) {
            return false;
        }
        withHand(work);
        return true;
    }

    /** Does work that is wanted but not needed, by another thread, if there is a hand free that nobody waits for. */
    public void spare(Runnable work) {
        if (waiting.isEmpty() && hands.tryAcquire()) {
            threads.execute(() -> withHand(work));
        }
    }

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
        callIn();
    }

    /** Does work and then lets go of the hand that was taken for it. */
    private void withHand(Runnable work) {
        try {
            work.run();
        } finally {
            hands.release();
            callIn();
        }
    }

    /** Gives what waits to threads, as far as there are hands for it. */
    private void callIn() {
        while (!waiting.isEmpty() && hands.tryAcquire()) {
            Runnable next = waiting.poll();
            if (next == null) {
                hands.release();
            } else {
                threads.execute(() -> withHand(next));
            }
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
