package peerserver.work;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** So many a second, of which all may come in one moment. Thread-safe, and one atomic step for each. */
public final class Rate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final boolean limited;
    private final long interval;

    /** The time up to which what was taken so far has used the rate up. */
    private final AtomicLong used;

    /**
     * A rate.
     *
     * @param perSecond how many, or 0 for no limit
     */
    public Rate(int perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.limited = perSecond > 0;
        this.interval = limited ? SECOND / perSecond : 0;
        this.used = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes one, if it has not come too soon. */
    public boolean take() {
        if (!limited) {
            return true;
        }
        while (true) {
            long now = nanoTime.getAsLong();
            long before = used.get();
            long after = (before - now > 0 ? before : now) + interval;
            if (after - now > SECOND) {
                return false;
            }
            if (used.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
