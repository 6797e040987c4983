package peerserver.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one access key takes of the server: its requests in the house, the hands that work for it, and its work that waits
 * for one. All of it is done by its {@link Workers}. Thread-safe.
 */
public final class Share implements Executor {

    private final Workers workers;
    private final String name;
    private final int mostHands;
    private final int mostPlaces;
    private final Rate rate;
    private final Spacing refusals;
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicInteger hands = new AtomicInteger();
    private final AtomicInteger replaced = new AtomicInteger();

    /** Belongs to {@link Workers}, and is used under its lock. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    Share(Workers workers, String name, int mostHands, int mostPlaces, Rate rate, Spacing refusals) {
        this.workers = workers;
        this.name = name;
        this.mostHands = mostHands;
        this.mostPlaces = mostPlaces;
        this.rate = rate;
        this.refusals = refusals;
    }

    /** Takes a place for a request, if there is one; it is to be given back by {@link #leave}. */
    public Admission admit() {
        return workers.admit(this);
    }

    /** How long the connection of a request that was refused is to rest, so that to refuse does not become all the work. */
    public Duration rest() {
        return refusals.next();
    }

    /** Gives a place back. */
    public void leave() {
        workers.leave(this);
    }

    /**
     * Does work at once, by this thread, if there is a hand free that nobody waits for.
     *
     * @return whether it was done
     */
    public boolean tryHere(Runnable work) {
        return workers.tryHere(this, work);
    }

    /** Does work that is wanted but not needed, by another thread, if there is a hand free that nobody waits for. */
    public void spare(Runnable work) {
        workers.spare(this, work);
    }

    /** Does work by another thread, when it is this share's turn. */
    @Override
    public void execute(Runnable work) {
        workers.execute(this, work);
    }

    String name() {
        return name;
    }

    boolean inTime() {
        return rate.take();
    }

    /** Takes a place, if there are fewer taken than that, and than it may ever take. */
    boolean takePlace(int fewerThan) {
        int taken = places.getAndIncrement();
        if (taken < mostPlaces && taken < fewerThan) {
            return true;
        }
        places.decrementAndGet();
        return false;
    }

    int places() {
        return places.get();
    }

    void leavePlace() {
        places.decrementAndGet();
    }

    /** Counts a hand, if it may have one more. */
    boolean takeHand() {
        if (hands.getAndIncrement() < mostHands) {
            return true;
        }
        hands.decrementAndGet();
        return false;
    }

    void leaveHand() {
        hands.decrementAndGet();
    }

    int hands() {
        return hands.get();
    }

    boolean mayHaveMoreHands() {
        return hands.get() < mostHands;
    }

    /** Counts so many more, or fewer, of its hands as replaced; they are still its own. */
    void replaced(int more) {
        replaced.addAndGet(more);
    }

    /** Whether all hands that it may have work past every deadline. */
    boolean overdue() {
        return replaced.get() >= mostHands;
    }

    void await(Runnable work) {
        waiting.add(work);
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    @Nullable Runnable next() {
        return waiting.poll();
    }
}
