package peerserver.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Asks for the health of a server twenty times a second, over a connection that stays open. */
final class HealthWatch {

    private static final byte[] REQUEST =
            "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Target target;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::watch, "health");
    private volatile boolean ending;

    private HealthWatch(Target target) {
        this.target = target;
    }

    static HealthWatch start(Target target) {
        HealthWatch watch = new HealthWatch(target);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (KeptConnection connection = new KeptConnection(target)) {
            while (!ending) {
                long start = System.nanoTime();
                int status = connection.exchange(REQUEST);
                nanos.add(System.nanoTime() - start);
                if (status != Press.OK) {
                    failures.add("status " + status);
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets what was seen so far. */
    void reset() {
        nanos.clear();
    }

    /** Ends, and tells what was seen. */
    String close() throws InterruptedException {
        ending = true;
        thread.join();
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty()
                ? "never answered"
                : String.format(
                        "asked %d times, median %d ms, 99 %% within %d ms, worst %d ms, failures %s",
                        sorted.size(), ms(sorted, 50), ms(sorted, 99), ms(sorted, 100), failures);
    }

    private static long ms(List<Long> sorted, int percent) {
        return TimeUnit.NANOSECONDS.toMillis(sorted.get((sorted.size() - 1) * percent / 100));
    }
}
