package peerserver.work;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import peerserver.config.RequestConfig;

/**
 * The threads that requests are worked on. How many requests are in the house is bounded at the door, by {@link
 * #admit}; whoever is in may hand over work at any time, so that an answer that is ready is never refused a thread.
 */
@Singleton
public class Workers implements Executor {

    private final ThreadPoolExecutor threads;
    private final Semaphore places;
    private final int queue;

    /** As many threads and places as configured; the container makes the threads. */
    @Inject
    public Workers(RequestConfig config, ThreadFactory factory) {
        this.queue = config.queue();
        this.places = new Semaphore(config.threads() + queue);
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

    /** Does work that is wanted but not needed, if there is a thread that has nothing else to do. */
    public void spare(Runnable work) {
        if (places.availablePermits() > queue && places.tryAcquire()) {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    places.release();
                }
            });
        }
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
