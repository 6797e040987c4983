package peerserver.work;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Spaces out what may happen so often a second: says how long each has to wait. Thread-safe. */
final class Spacing {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = 10 * SECOND;

    private final LongSupplier nanoTime;
    private final long interval;
    private final AtomicLong next;

    Spacing(int perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.interval = SECOND / perSecond;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** How long one more has to wait, 10 s at most. */
    Duration next() {
        long now = nanoTime.getAsLong();
        long mine = next.getAndUpdate(time -> {
            long earliest = time - now > 0 ? time : now;
            return earliest - now < LONGEST ? earliest + interval : earliest;
        });
        return Duration.ofNanos(Math.max(0, mine - now));
    }
}
