package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Work that nothing can end, of two keys that together may have all the threads there are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndlessWorkIT {

    private final Overloaded server = Overloaded.start(
            "-XX:TieredStopAtLevel=1 -Xmx1g -Dpeerserver.request.timeout-ms=2000"
                    + " -Dpeerserver.workers.threads=4 -Dpeerserver.per-key.at-once=3 -Dpeerserver.per-database.at-once=4",
            10);

    @AfterAll
    void stop() {
        server.close();
    }

    private int status(byte[] request) throws IOException {
        try (KeptConnection connection = new KeptConnection(server.target())) {
            return connection.exchange(request);
        }
    }

    @Test
    @Timeout(120)
    void takesNeitherThreadsNorTheDatabaseFromOthers() throws Exception {
        byte[] greedy = server.unendable(Overloaded.GREEDY, 1_000);
        byte[] modest = server.unendable(Overloaded.MODEST, 60_000);
        try (Press one = Press.of(4, server.target(), greedy);
                Press other = Press.of(4, server.target(), modest)) {
            while (one.count(Press.BUSY) == 0 || other.count(Press.BUSY) == 0) {
                Thread.sleep(100);
            }
            assertThat(one.counts().keySet()).contains(504).isSubsetOf(504, 400, Press.BUSY);
            assertThat(other.counts().keySet()).contains(400).isSubsetOf(400, Press.BUSY);
            assertThat(one.failures()).isEmpty();
            assertThat(other.failures()).isEmpty();
        }

        assertThat(Collections.nCopies(20, server.small(Overloaded.THIRD)))
                .allSatisfy(request -> assertThat(status(request)).isEqualTo(Press.OK));
        assertThat(status(server.small(Overloaded.GREEDY))).isEqualTo(Press.BUSY);
        assertThat(server.health()).isEqualTo(Press.OK);
    }
}
