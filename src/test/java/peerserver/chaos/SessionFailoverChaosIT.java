package peerserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import peerserver.chaos.HaProxy.Front;
import peerserver.chaos.Takeover.Loss;
import peerserver.chaos.Takeover.Moment;

/**
 * Iterations of the real client whose node is lost, with whatever it had at hand of them, go on at another node, which has
 * seen nothing of them, with the very rows that they would have had.
 */
class SessionFailoverChaosIT {

    private static final int KILLS = Integer.getInteger("peerserver.chaos.kills", 2);
    private static final int RESETS = Integer.getInteger("peerserver.chaos.resets", 6);

    private static final List<Front> FRONTS = List.of(Front.values());
    private static final List<Moment> MOMENTS = List.of(Moment.values());

    /**
     * More than one record of TLS, so that HAProxy has seen that an answer begins, and less than the shortest chunk. What breaks
     * off before that is no answer to it, and it asks another node by itself.
     */
    private static final int PART_OF_AN_ANSWER = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Random RANDOM = new Random(20261127);
    private static final ExecutorService TAKING = Executors.newCachedThreadPool();

    private static Cluster cluster;
    /** Nodes that serve, the one that has done so longest first. */
    private static final Deque<String> SERVING = new ArrayDeque<>(HaProxy.NODES);

    /** An iteration that was begun, and is to be taken over. */
    private record Begun(Iteration iteration, Undisturbed undisturbed, Iterating iterating) {}

    @BeforeAll
    static void start(@TempDir Path directory) {
        cluster = Cluster.start(directory);
    }

    @AfterAll
    static void stop() {
        TAKING.shutdownNow();
        cluster.close();
    }

    @Test
    void everyIterationIsLongEnoughToBeTakenOver() {
        cluster.undisturbed().forEach((iteration, undisturbed) -> {
            assertThat(undisturbed.chunks()).as(iteration.name()).isGreaterThan(3);
            assertThat(undisturbed.rows()).as(iteration.name()).doesNotHaveDuplicates();
        });
    }

    @Test
    @Timeout(3_000)
    void iterationsSurviveThatTheirNodeIsCutOff() {
        for (int round = 0; round < RESETS; round++) {
            round(front(round), Loss.RESET, moment(round));
        }
    }

    @Test
    @Timeout(3_000)
    void iterationsSurviveThatTheirNodeIsKilled() {
        for (int round = 0; round < KILLS; round++) {
            round(front(round), Loss.KILL, moment(round));
        }
    }

    private static Front front(int round) {
        return FRONTS.get(round % FRONTS.size());
    }

    private static Moment moment(int round) {
        return MOMENTS.get(round % MOMENTS.size());
    }

    private static void round(Front front, Loss loss, Moment moment) {
        HaProxy proxy = cluster.proxy();
        String lost = SERVING.removeFirst();
        SERVING.forEach(proxy::turnOff);
        proxy.route(
                lost,
                moment == Moment.MIDDLE
                        ? cluster.way(lost).port()
                        : cluster.node(lost).port());
        List<Begun> begun = begin(front, lost);
        if (moment == Moment.MIDDLE) {
            getIntoTheMiddle(begun, lost);
        }
        SERVING.forEach(proxy::turnOn);
        int before = proxy.served(front).size();

        CompletableFuture<?> back = lose(lost, loss);
        List<Takeover> takeovers = takeAll(begun, front, loss, moment);

        Takeovers.add(takeovers);
        assertThat(takeovers).allMatch(Takeover::survived);
        assertThat(proxy.served(front).stream().skip(before).filter(served -> served.status() == 200))
                .noneMatch(served -> served.node().equals(lost));
        back.join();
        SERVING.addLast(lost);
    }

    /** Begins all iterations at a node, and takes some chunks of each; their clients have read the next ones ahead. */
    private static List<Begun> begin(Front front, String node) {
        HaProxy proxy = cluster.proxy();
        int before = proxy.served(front).size();
        List<Begun> begun = new ArrayList<>();
        for (Map.Entry<Iteration, Undisturbed> entry : cluster.undisturbed().entrySet()) {
            Iterating iterating = Iterating.begin(
                    entry.getKey(), cluster.connection(front, entry.getKey().library()));
            int taken = RANDOM.nextInt(entry.getValue().chunks() / 3 + 1);
            for (int chunk = 0; chunk < taken; chunk++) {
                assertThat(iterating.take()).isTrue();
            }
            begun.add(new Begun(entry.getKey(), entry.getValue(), iterating));
        }
        proxy.awaitQuiet();
        assertThat(proxy.served(front).stream().skip(before))
                .allMatch(served -> served.node().equals(node) && served.status() == 200);
        return begun;
    }

    /** Takes one more chunk of each, so that the next one is asked for, and part of it is on its way. */
    private static void getIntoTheMiddle(List<Begun> begun, String node) {
        HeldWay way = cluster.way(node);
        way.holdAnswersAfter(PART_OF_AN_ANSWER);
        begun.forEach(one -> assertThat(one.iterating().take()).isTrue());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (way.held() < begun.size()) {
            assertThat(System.nanoTime())
                    .as("%d of %d answers under way", way.held(), begun.size())
                    .isLessThan(deadline);
            HaProxy.pause();
        }
    }

    /** Loses a node, which then comes back. */
    private static CompletableFuture<?> lose(String node, Loss loss) {
        HaProxy proxy = cluster.proxy();
        if (loss == Loss.KILL) {
            cluster.node(node).kill();
            cluster.way(node).breakOff();
            Takeovers.killed(Cluster.SERVER);
            return cluster.startAsync(node);
        }
        proxy.cutOff(node);
        cluster.way(node).breakOff();
        return CompletableFuture.completedFuture(null);
    }

    private static List<Takeover> takeAll(List<Begun> begun, Front front, Loss loss, Moment moment) {
        List<Future<Duration>> pauses = begun.stream()
                .map(one -> TAKING.submit(() -> one.iterating().takeAll()))
                .toList();
        List<Takeover> takeovers = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            Begun one = begun.get(i);
            String outcome;
            Duration pause = PATIENCE;
            try {
                pause = pauses.get(i).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                List<Object> expected = one.undisturbed().rows();
                outcome = one.iterating().rows().equals(expected) ? Takeover.SURVIVED : "other rows";
            } catch (TimeoutException e) {
                outcome = "no end";
            } catch (ExecutionException e) {
                outcome = String.valueOf(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            takeovers.add(new Takeover(
                    Cluster.SERVER, front, loss, moment, one.iteration().name(), outcome, pause));
        }
        return takeovers;
    }
}
