package peerserver.op;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/**
 * When a request is to be over. Past its own {@code :timeout} it is {@code interrupted}; past the operator's cap it is
 * {@code incorrect}, because clients would otherwise run it again, and again.
 */
public final class Deadline {

    /** What ends by itself at the deadline knows better what to say; it goes first. */
    private static final long GRACE_MS = 100;

    private final long nanoTime;
    private final long allowedMs;
    private final boolean requested;

    private Deadline(long since, long allowedMs, boolean requested) {
        this.nanoTime = since + TimeUnit.MILLISECONDS.toNanos(allowedMs);
        this.allowedMs = allowedMs;
        this.requested = requested;
    }

    /**
     * A deadline.
     *
     * @param since the {@link System#nanoTime} that it is counted from
     * @param timeoutMs what the request asked for, in milliseconds
     * @param capMs what the operator allows, in milliseconds
     */
    public static Deadline of(long since, OptionalLong timeoutMs, long capMs) {
        boolean requested = timeoutMs.isPresent() && timeoutMs.getAsLong() <= capMs;
        return new Deadline(since, requested ? timeoutMs.getAsLong() : capMs, requested);
    }

    /** How many milliseconds are left, at least 1. */
    public long remainingMs() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime()));
    }

    /** How long is left, and not more than that many milliseconds. */
    public Duration remaining(long atMostMs) {
        return Duration.ofMillis(Math.min(atMostMs, remainingMs()));
    }

    /**
     * Does nothing before the deadline.
     *
     * @throws AnomalyException afterwards
     */
    public void check() {
        if (System.nanoTime() - nanoTime > 0) {
            throw exceeded();
        }
    }

    /** Whether it has passed so long ago that what was to end by then cannot be waited for. */
    boolean longPast() {
        return System.nanoTime() - nanoTime > TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
    }

    /** What is said to a request that took too long. */
    public AnomalyException exceeded() {
        return (requested
                        ? Anomaly.of(
                                Category.INTERRUPTED,
                                "The request took longer than its :timeout of " + allowedMs + " ms")
                        : Anomaly.of(
                                Category.INCORRECT,
                                "The request took longer than the " + allowedMs + " ms that this server allows"))
                .exception();
    }

    /** The exception to pass on: an engine that gave up did so at this deadline, and this tells whose it was. */
    public AnomalyException translate(AnomalyException thrown) {
        return thrown.anomaly().category() == Category.INTERRUPTED ? exceeded() : thrown;
    }
}
