package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import peerserver.conformance.Press.Pace;

/**
 * How a server on one core, with four hands for it, stands ten times the load that it can take; whoever asks is on the
 * other core. Prints what it measures.
 */
@Tag("overload")
class FullOverloadIT {

    private static final int WARM_UP_S = 30;
    private static final int STEP_S = 3;
    private static final int OVERLOAD_S = 20;
    private static final int CALLERS_PER_KEY = 400;

    /** Requests of a key that have a place: more than that are refused. */
    private static final int PLACES = 503;

    private static final long PROBE_PAUSE_MS = 50;

    /** With four hands for its one core. */
    private final Overloaded server = Overloaded.start(
            "-Xmx1g -Dpeerserver.workers.threads=4 -Dpeerserver.per-key.at-once=3 -Dpeerserver.workers.queue=1012",
            3_000);

    FullOverloadIT() throws IOException, InterruptedException {
        pin();
    }

    private void pin() throws IOException, InterruptedException {
        pin(server.process().pid(), 0);
        pin(ProcessHandle.current().pid(), 1);
    }

    static void pin(long pid, int core) throws IOException, InterruptedException {
        new ProcessBuilder("taskset", "-a", "-p", "-c", Integer.toString(core), Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @FormatMethod
    private static void print(@FormatString String line, Object... values) {
        System.out.println("overload: " + String.format(line, values));
    }

    /** Answers a second that so many callers of a key get to a request. */
    private double goodput(byte[] request, int callers, int seconds) throws InterruptedException {
        try (Press press = Press.of(callers, server.target(), request)) {
            Thread.sleep(1_000);
            long before = press.count(Press.OK);
            long start = System.nanoTime();
            Thread.sleep(seconds * 1_000L);
            return (press.count(Press.OK) - before) * 1e9 / (System.nanoTime() - start);
        }
    }

    private double peak(byte[] request) throws InterruptedException {
        goodput(request, 16, WARM_UP_S);
        double peak = 0;
        for (int callers : new int[] {1, 4, 16}) {
            double found = goodput(request, callers, STEP_S);
            print("%d callers of one key: %.0f answers a second", callers, found);
            peak = Math.max(peak, found);
        }
        return peak;
    }

    private double peak() throws InterruptedException {
        return peak(server.small(Overloaded.THIRD));
    }

    @Test
    void tenTimesTheLoadOfSmallRequestsFromFourKeys() throws Exception {
        assertThat(underTenTimesTheLoad(server::small)).isGreaterThan(0.8);
    }

    @Test
    void tenTimesTheLoadOfRowsFromFourKeys() throws Exception {
        assertThat(underTenTimesTheLoad(server::rows)).isGreaterThan(0.8);
    }

    /**
     * Whoever does not flood the server is refused at once, however much it has to do; what it has to do takes no memory
     * here, or collecting that would be measured.
     */
    @Test
    void aKeyThatHasAllItMayHaveIsRefusedAtOnce() throws Exception {
        peak();
        byte[] endless = server.unendable(Overloaded.GREEDY, 60_000);
        try (Press full = Press.of(PLACES, server.target(), endless);
                KeptConnection probe = new KeptConnection(server.target())) {
            Thread.sleep(5_000);
            List<Long> refusedMs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                long start = System.nanoTime();
                assertThat(probe.exchange(endless)).isEqualTo(Press.BUSY);
                refusedMs.add((System.nanoTime() - start) / 1_000_000);
                Thread.sleep(PROBE_PAUSE_MS);
            }
            refusedMs.sort(null);
            print(
                    "refused, one at a time: median %d ms, worst %d ms; meanwhile %s",
                    refusedMs.get(50), refusedMs.get(99), full.counts());
            server.process().close();
            assertThat(refusedMs.get(98)).isLessThan(100);
        }
    }

    /** The share of what the server does at its best that it does under too much load. */
    private double underTenTimesTheLoad(Function<AccessKey, byte[]> request) throws Exception {
        double peak = peak(request.apply(Overloaded.THIRD));
        long heapBefore = server.jvm().usedMb();
        long threadsBefore = server.jvm().count();
        HealthWatch health = HealthWatch.start(server.target());
        Pace pace = new Pace(10 * peak);
        Map<String, Press> presses = new HashMap<>();
        for (AccessKey key : server.target().keys()) {
            presses.put(key.key(), Press.of(CALLERS_PER_KEY, server.target(), request.apply(key), pace));
        }
        for (Press press : presses.values()) {
            press.awaitEverybody();
        }
        Thread.sleep(STEP_S * 1_000L);
        health.reset();
        presses.values().forEach(Press::forgetRefusals);
        Map<String, Long> before = served(presses);
        long start = System.nanoTime();
        Thread.sleep(OVERLOAD_S * 1_000L);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Long> shares = served(presses);
        before.forEach((key, count) -> shares.merge(key, -count, Long::sum));
        long refusedWithinMs = presses.values().stream()
                .mapToLong(press -> press.refusedWithinMs(99))
                .max()
                .orElseThrow();
        String healthFigures = health.close();
        presses.values().forEach(Press::close);

        double good = shares.values().stream().mapToLong(Long::longValue).sum() / seconds;
        print("peak %.0f/s; under ten times that %.0f/s (%.0f %%)", peak, good, 100 * good / peak);
        print("answers for each key within %.0f s: %s", seconds, shares);
        print("99 %% of the refusals within %d ms", refusedWithinMs);
        presses.forEach((key, press) -> print(
                "%s: by status %s, broken connections %d",
                key, press.counts(), press.failures().size()));
        print("health meanwhile: %s", healthFigures);
        print("heap %d MB before, %d MB after", heapBefore, server.jvm().usedMb());
        print("threads %d before, %d after", threadsBefore, server.jvm().count());
        print("afterwards %.0f/s", goodput(request.apply(Overloaded.GREEDY), 8, STEP_S));
        awaitRest();

        assertThat(shares.values()).allMatch(share -> share > 0.5 * good * seconds / shares.size());
        return good / peak;
    }

    private static Map<String, Long> served(Map<String, Press> presses) {
        Map<String, Long> served = new HashMap<>();
        presses.forEach((key, press) -> served.put(key, press.count(Press.OK)));
        return served;
    }

    private void awaitRest() throws IOException, InterruptedException {
        while (!server.jvm().working().isEmpty()) {
            Thread.sleep(100);
        }
    }

    @Test
    void aKeyWithAThousandCallersAndOneWithFour() throws Exception {
        peak();
        double alone = goodput(server.small(Overloaded.MODEST), 4, STEP_S);
        HealthWatch health = HealthWatch.start(server.target());
        try (Press greedy = Press.of(1_000, server.target(), server.small(Overloaded.GREEDY))) {
            Thread.sleep(STEP_S * 1_000L);
            health.reset();
            double beside = goodput(server.small(Overloaded.MODEST), 4, OVERLOAD_S);
            print("four callers alone %.0f/s, beside a thousand of another key %.0f/s", alone, beside);
            print("of the thousand: by status %s", greedy.counts());
            print("health meanwhile: %s", health.close());
            assertThat(beside).isGreaterThan(0.1 * alone);
        }
        awaitRest();
    }

    @Test
    void queriesThatWouldTakeHours() throws Exception {
        peak();
        long threadsBefore = server.jvm().count();
        HealthWatch health = HealthWatch.start(server.target());
        List<Press> presses = new ArrayList<>();
        presses.add(Press.of(20, server.target(), server.endless(Overloaded.GREEDY, 1_000)));
        presses.add(Press.of(20, server.target(), server.endless(Overloaded.THIRD, 1_000)));
        Thread.sleep(STEP_S * 1_000L);
        double beside = goodput(server.small(Overloaded.MODEST), 2, OVERLOAD_S);
        presses.forEach(Press::close);
        presses.forEach(press -> print("endless queries with 1 s each: by status %s", press.counts()));
        print("two callers of another key beside them: %.0f/s", beside);
        print("health meanwhile: %s", health.close());
        awaitRest();
        print(
                "threads %d before, %d after; heap %d MB",
                threadsBefore, server.jvm().count(), server.jvm().usedMb());
        print("afterwards %.0f/s", goodput(server.small(Overloaded.GREEDY), 8, STEP_S));
        assertThat(beside).isPositive();
    }

    @Test
    void aResultThatDoesNotFit() throws Exception {
        peak();
        HealthWatch health = HealthWatch.start(server.target());
        Press modest = Press.of(2, server.target(), server.small(Overloaded.MODEST));
        byte[] large = server.large(Overloaded.GREEDY);
        long start = System.nanoTime();
        try (KeptConnection connection = new KeptConnection(server.target())) {
            int status = connection.exchange(large);
            print("a result that does not fit into 1 GB: %d after %.1f s", status, (System.nanoTime() - start) / 1e9);
        }
        modest.close();
        print("another key beside it: by status %s, broken connections %s", modest.counts(), modest.failures());
        print("health meanwhile: %s", health.close());
        awaitRest();
        print("heap %d MB", server.jvm().usedMb());
        print("afterwards %.0f/s", goodput(server.small(Overloaded.GREEDY), 8, STEP_S));
        print("log: %s", server.process().output().replace("\n", "\noverload:   "));
        assertThat(server.health()).isEqualTo(Press.OK);
    }
}
