package peerserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.chaos.HaProxy.Front;

/** Three nodes are restarted one after the other, while clients query, iterate and write. Prints what it measures. */
@Tag("chaos")
class RollingRestartIT {

    private static final int READERS_AT_EACH_FRONT = 8;
    private static final int WRITERS = 2;

    @Test
    @Timeout(900)
    void nobodyNoticesThatAllNodesAreRestartedOneByOne(@TempDir Path directory) throws InterruptedException {
        try (Cluster cluster = Cluster.start(directory)) {
            Readers readers = Readers.start(cluster, READERS_AT_EACH_FRONT, Front.STICKY, Front.ROUND_ROBIN);
            Ledger ledger = Ledger.start(cluster.client(Front.ROUND_ROBIN).connect(Ledger.NAME), WRITERS);
            readers.awaitMore(50);
            for (String node : HaProxy.NODES) {
                cluster.node(node).close();
                cluster.startAsync(node).join();
                readers.awaitMore(50);
            }
            readers.close();
            ledger.end();

            System.out.printf(
                    "chaos: rolling restart: %d iterations, longest pause %.1f s, %d transactions, failures %s %s%n",
                    readers.completed(),
                    readers.longestPause().toMillis() / 1000.0,
                    ledger.acknowledged().size(),
                    readers.failures(),
                    ledger.failures());
            assertThat(readers.failures()).isEmpty();
            assertThat(ledger.failures()).isEmpty();
            assertThat(Ledger.entries(cluster.direct(cluster.node("one"), Ledger.NAME)))
                    .containsExactlyElementsOf(ledger.acknowledged());
        }
    }
}
