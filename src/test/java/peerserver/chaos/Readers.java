package peerserver.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import peerserver.conformance.Connection;

/** Threads that iterate by way of HAProxy again and again, and compare what they get with what they should. */
final class Readers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Between two iterations: a node that starts has to share two processors with all else, and its writers wait less than a minute. */
    private static final long REST_MS = 1_000;

    private final List<Map.Entry<Iteration, Undisturbed>> iterations;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicLong longestNs = new AtomicLong();
    private volatile boolean ending;

    private Readers(Map<Iteration, Undisturbed> undisturbed) {
        this.iterations = List.copyOf(undisturbed.entrySet());
    }

    /** Has so many begin at each front. */
    static Readers start(Cluster cluster, int number, HaProxy.Front... fronts) {
        Readers readers = new Readers(cluster.undisturbed());
        for (HaProxy.Front front : fronts) {
            for (int i = 0; i < number; i++) {
                Random random = new Random(front.toString().hashCode() + i);
                Thread thread = new Thread(
                        () -> readers.read(library -> cluster.connection(front, library), random), front + "-" + i);
                readers.threads.add(thread);
                thread.start();
            }
        }
        return readers;
    }

    private void read(Function<Library, Connection> connections, Random random) {
        while (!ending) {
            Map.Entry<Iteration, Undisturbed> next = iterations.get(random.nextInt(iterations.size()));
            try {
                Iterating iterating = Iterating.begin(
                        next.getKey(), connections.apply(next.getKey().library()));
                long pauseNs = iterating.takeAll().toNanos();
                longestNs.accumulateAndGet(pauseNs, Math::max);
                if (!iterating.rows().equals(next.getValue().rows())) {
                    failures.add(next.getKey().name() + ": other rows");
                }
                completed.incrementAndGet();
                Thread.sleep(REST_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failures.add(next.getKey().name() + ": " + e.getMessage());
            }
        }
    }

    /** Waits until so many more iterations have come to their end. */
    void awaitMore(int iterations) {
        int goal = completed.get() + iterations;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (completed.get() < goal) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(completed + " iterations, not " + goal + "; failed: " + failures);
            }
            HaProxy.pause();
        }
    }

    /** How many iterations have come to their end. */
    int completed() {
        return completed.get();
    }

    /** What went wrong so far. */
    List<String> failures() {
        return failures;
    }

    /** The longest that anybody has waited for a chunk. */
    Duration longestPause() {
        return Duration.ofNanos(longestNs.get());
    }

    /** Lets each come to the end of its iteration. */
    @Override
    public void close() {
        ending = true;
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                failures.add(thread.getName() + " does not come to an end");
            }
        }
    }
}
