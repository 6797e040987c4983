package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs a server to refuse a request, as processor time: a key that may ask for little asks for all it can. */
@Tag("overload")
class RefusalCostIT {

    private static final int CALLERS = 16;
    private static final int WARM_UP_S = 20;
    private static final int SECONDS = 10;

    @Test
    void toRefuseCostsLessThanToAnswer() throws Exception {
        double refusal = processorMs(
                Press.BUSY, "-Dpeerserver.per-key.per-second=20 -Dpeerserver.per-key.refusals-per-second=1000000");
        double answer = processorMs(Press.OK, "");
        System.out.printf("overload: processor time of a refusal %.3f ms, of an answer %.3f ms%n", refusal, answer);
        assertThat(refusal).isLessThan(answer);
    }

    /** Milliseconds of processor time for each answer of that status, of a server that gives hardly any other. */
    private static double processorMs(int status, String options) throws InterruptedException {
        try (Overloaded server = Overloaded.start("-Xmx1g " + options, 100);
                Press press = Press.of(CALLERS, server.target(), server.small(Overloaded.GREEDY))) {
            Thread.sleep(WARM_UP_S * 1_000L);
            long before = press.count(status);
            Duration begun = processorTime(server);
            Thread.sleep(SECONDS * 1_000L);
            Duration taken = processorTime(server).minus(begun);
            return taken.toNanos() / 1e6 / (press.count(status) - before);
        }
    }

    private static Duration processorTime(Overloaded server) {
        return ProcessHandle.of(server.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }
}
