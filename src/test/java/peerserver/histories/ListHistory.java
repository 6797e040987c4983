package peerserver.histories;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What all processes did to the lists, as they record it. */
final class ListHistory {

    private final AtomicLong clock = new AtomicLong();
    private final Queue<Appending> appendings = new ConcurrentLinkedQueue<>();
    private final Queue<Reading> readings = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();

    /** What is told first happened first, whoever is told. */
    long now() {
        return clock.incrementAndGet();
    }

    void add(Appending appending) {
        acknowledged.accumulateAndGet(appending.t(), Math::max);
        appendings.add(appending);
    }

    void add(Reading reading) {
        readings.add(reading);
    }

    /** The newest t that anybody was told. */
    long acknowledged() {
        return acknowledged.get();
    }

    List<Appending> appendings() {
        return List.copyOf(appendings);
    }

    List<Reading> readings() {
        return List.copyOf(readings);
    }

    long count(Outcome outcome) {
        return appendings.stream().filter(a -> a.outcome() == outcome).count();
    }
}
