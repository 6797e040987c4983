package peerserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.chaos.HaProxy.Front;
import peerserver.conformance.Connection;
import peerserver.launch.Signal;

/** Clients iterate while one of three nodes is in trouble, but not lost. Prints what it measures. */
@Tag("chaos")
@Timeout(600)
class TroubledNodesIT {

    private static final Duration FREEZE = Duration.ofSeconds(30);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(4);

    private static Cluster cluster;

    private Readers readers;

    @BeforeAll
    static void startNodes(@TempDir Path directory) {
        cluster = Cluster.start(directory);
    }

    @AfterAll
    static void stopNodes() {
        cluster.close();
    }

    @BeforeEach
    void startReading() {
        readers = Readers.start(cluster, 4, Front.STICKY, Front.ROUND_ROBIN);
        readers.awaitMore(20);
    }

    @AfterEach
    void stopReading() {
        readers.close();
    }

    private void print(String trouble) {
        System.out.printf(
                "chaos: %s: %d iterations, longest pause %.1f s, failures %s%n",
                trouble, readers.completed(), readers.longestPause().toMillis() / 1000.0, readers.failures());
    }

    @Test
    void aFrozenNodeAnswersWhatItWasAskedOnceItGoesOnAndOthersAnswerAllElse() throws InterruptedException {
        long pid = cluster.node("two").pid();
        Signal.STOP.to(pid);
        try {
            Thread.sleep(FREEZE.toMillis());
        } finally {
            Signal.CONT.to(pid);
        }
        cluster.proxy().awaitReady("two", true);
        readers.awaitMore(100);

        readers.close();
        print("frozen for " + FREEZE.toSeconds() + " s");
        assertThat(readers.failures()).isEmpty();
    }

    /**
     * It says that it is busy, which clients are told when it has not passed after 0.7 s, and what it had begun before may take
     * longer than its client waits: neither is a wrong answer.
     */
    @Test
    void aNodeWhoseHeapIsFullGivesNoWrongRows() {
        restart("three", Map.of("JAVA_OPTS", "-Xmx400m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        Connection direct = cluster.direct(cluster.node("three"), Library.LOCAL.name());
        try {
            fillHeap(direct);
            readers.awaitMore(50);
            readers.close();

            print("a full heap");
            assertThat(readers.failures())
                    .allMatch(failure -> failure.contains(":cognitect.anomalies/busy")
                            || failure.contains("Datomic Client Timeout"));
        } finally {
            restart("three", Map.of());
        }
    }

    private static void fillHeap(Connection direct) {
        for (int i = 0; i < 3; i++) {
            Throwable refused = catchThrowable(() -> direct.db()
                    .q("[:find ?a ?b ?c :where [?a :book/id] [?b :book/id] [?c :book/title] [(not= ?a ?b ?c)]]"));
            assertThat(refused).hasMessageFindingMatch("memory|Timeout|took longer");
        }
    }

    /** A node whose clock is behind cannot make a speculative value again that has an instant of its future, and says so. */
    @Test
    void clocksMayBeMinutesApart() throws IOException {
        restart(
                "two",
                Map.of(
                        "LD_PRELOAD",
                        fakeTime().toString(),
                        "FAKETIME",
                        "+" + CLOCKS_APART.toSeconds() + "s",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // Otherwise every wait of the JVM that ends by time ends at once.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"));
        try {
            assertThat(((MicroNode) cluster.node("two")).lastLogged())
                    .isAfter(Instant.now().plus(CLOCKS_APART.minusMinutes(1)));
            readers.awaitMore(150);
            readers.close();

            print("clocks " + CLOCKS_APART.toMinutes() + " minutes apart");
            assertThat(readers.failures())
                    .allMatch(failure -> failure.contains("of a speculative value: ")
                            && failure.contains("cannot be made again on this node")
                            && failure.contains("is in the future"));
        } finally {
            restart("two", Map.of());
        }
    }

    /** In turns, so that only one is away. */
    private static void restart(String node, Map<String, String> environment) {
        cluster.proxy().turnOff(node);
        cluster.node(node).kill();
        ((MicroNode) cluster.node(node)).startWith(environment);
        cluster.fillMemory(node);
        cluster.proxy().turnOn(node);
        cluster.proxy().awaitReady(node, true);
    }

    private static Path fakeTime() throws IOException {
        try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
            return directories
                    .map(directory -> directory.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("apt-get install libfaketime"));
        }
    }
}
