package peerserver.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Channel;
import peerserver.conformance.Clj;
import peerserver.conformance.Connection;

/** An iteration under way, whose chunks are taken one by one. */
final class Iterating {

    private final Channel channel;
    private final List<Object> rows = new ArrayList<>();
    private int chunks;

    private Iterating(Channel channel) {
        this.channel = channel;
    }

    /** Begins one. Its client asks for the first chunk now, and for each other once the one before was taken. */
    static Iterating begin(Iteration iteration, Connection connection) {
        return new Iterating(iteration.opening().apply(connection));
    }

    /** Takes a chunk; false when there is none. */
    boolean take() {
        @Nullable Object chunk = channel.take();
        if (chunk == null) {
            return false;
        }
        if (Clj.get(chunk, "cognitect.anomalies/category") != null) {
            throw new IllegalStateException(Clj.print(chunk));
        }
        chunks++;
        Clj.list(chunk).forEach(row -> rows.add(Iteration.plain(row)));
        return true;
    }

    /** Takes all the others, and gives the longest wait for one. */
    Duration takeAll() {
        long longest = 0;
        long before = System.nanoTime();
        while (take()) {
            long now = System.nanoTime();
            longest = Math.max(longest, now - before);
            before = now;
        }
        return Duration.ofNanos(Math.max(longest, System.nanoTime() - before));
    }

    /** What was taken so far. */
    List<Object> rows() {
        return rows;
    }

    /** How many chunks were taken so far. */
    int chunks() {
        return chunks;
    }
}
