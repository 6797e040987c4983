package peerserver.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Many who send the same request, each over a connection of its own, one after the other and without a pause. Those who keep
 * to a pace also do as the published client does when it is told that the server is busy: send the request again after 100,
 * 200 and 400 milliseconds, and then give it up.
 */
final class Press implements AutoCloseable {

    static final int OK = 200;
    static final int BUSY = 429;

    private static final long FIRST_PAUSE_MS = 100;
    private static final int TRIES_AGAIN = 3;

    private final Target target;
    private final byte[] request;
    private final @Nullable Pace pace;
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Queue<Long> refusalNanos = new ConcurrentLinkedQueue<>();
    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger strangers = new AtomicInteger();
    private volatile boolean ending;

    /** How often all that keep to it send together. */
    static final class Pace {
        private final long intervalNanos;
        private final AtomicLong next = new AtomicLong(System.nanoTime());

        Pace(double perSecond) {
            this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        }

        void await() throws InterruptedException {
            long wait = next.getAndAdd(intervalNanos) - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        }
    }

    private Press(Target target, byte[] request, @Nullable Pace pace) {
        this.target = target;
        this.request = request;
        this.pace = pace;
    }

    /** Begins. */
    static Press of(int callers, Target target, byte[] request) {
        return of(callers, target, request, null);
    }

    /** Begins; nobody is faster than the pace. */
    static Press of(int callers, Target target, byte[] request, @Nullable Pace pace) {
        Press press = new Press(target, request, pace);
        press.strangers.set(callers);
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(null, press::call, "caller", 256 << 10);
            press.callers.add(caller);
            caller.start();
        }
        return press;
    }

    private void call() {
        try (KeptConnection connection = new KeptConnection(target)) {
            exchange(connection);
            strangers.decrementAndGet();
            while (!ending) {
                if (pace != null) {
                    pace.await();
                }
                int status = exchange(connection);
                for (int again = 0; status == BUSY && pace != null && again < TRIES_AGAIN && !ending; again++) {
                    Thread.sleep(FIRST_PAUSE_MS << again);
                    status = exchange(connection);
                }
            }
        } catch (IOException e) {
            failures.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int exchange(KeptConnection connection) throws IOException {
        long start = System.nanoTime();
        int status = connection.exchange(request);
        statuses.computeIfAbsent(status, s -> new LongAdder()).increment();
        if (status == BUSY) {
            refusalNanos.add(System.nanoTime() - start);
        }
        return status;
    }

    /** How many answers had that status. */
    long count(int status) {
        LongAdder count = statuses.get(status);
        return count == null ? 0 : count.sum();
    }

    /** Waits until every caller has had an answer: connections cost more to open than to use. */
    void awaitEverybody() throws InterruptedException {
        while (strangers.get() > 0 && failures.isEmpty()) {
            Thread.sleep(100);
        }
    }

    /** Forgets how long refusals took. */
    void forgetRefusals() {
        refusalNanos.clear();
    }

    /** How many answers had which status. */
    Map<Integer, Long> counts() {
        Map<Integer, Long> counts = new TreeMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** Within how many milliseconds so many percent of the refusals came. */
    long refusedWithinMs(int percent) {
        List<Long> sorted = refusalNanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(sorted.get((sorted.size() - 1) * percent / 100));
    }

    /** What went wrong with connections. */
    List<IOException> failures() {
        return List.copyOf(failures);
    }

    /** Ends when every request that is under way has its answer. */
    @Override
    public void close() {
        ending = true;
        for (Thread caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
