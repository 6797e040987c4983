package peerserver.db.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class LocalThreadsTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final LocalThreads threads = LocalThreads.of(DatabaseConfig.from(new MapConfig(Map.of(
            "peerserver.local.threads", "4",
            "peerserver.local.threads-per-database", "3",
            "peerserver.local.threads-per-key", "2"))));
    private final LocalThreads one = threads.ofOneDatabase();
    private final LocalThreads other = threads.ofOneDatabase();

    @AfterEach
    void end() {
        end.countDown();
    }

    private static void assertRefused(Category category, ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(AnomalyException.class, refused -> assertThat(
                        refused.anomaly().category())
                .isEqualTo(category));
    }

    /** A query that goes on when its caller has been told that time is up. */
    private void runAway(LocalThreads database, String caller) {
        Supplier<Integer> work = () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 1;
        };
        assertRefused(Category.INTERRUPTED, () -> database.of(caller).runWithin(1, work));
    }

    @Test
    void aKeyHasSoManyThreadsOfADatabaseForWorkPastItsTimeOrNot() {
        runAway(one, "a");
        runAway(one, "a");

        assertRefused(Category.BUSY, () -> one.of("a").runWithin(60_000, () -> 1));
        assertRefused(Category.BUSY, () -> one.of("a").run(() -> 1));
        assertThat(one.of("b").runWithin(60_000, () -> 1)).isEqualTo(1);
        assertThat(other.of("a").runWithin(60_000, () -> 1)).isEqualTo(1);
    }

    @Test
    void aDatabaseHasSoManyThreads() {
        runAway(one, "a");
        runAway(one, "b");
        runAway(one, "c");

        assertRefused(Category.BUSY, () -> one.run(() -> 1));
        assertThat(other.run(() -> 1)).isEqualTo(1);
    }

    @Test
    void whatHasToBeDoneIsDoneWhenAllOfThemAreAtWork() {
        runAway(one, "a");
        runAway(one, "b");
        runAway(one, "c");
        runAway(other, "a");

        assertThat(one.runInAnyCase(() -> 1)).isEqualTo(1);
    }

    @Test
    void whatHasEndedCountsNoMore() {
        runAway(one, "a");
        runAway(one, "a");
        end.countDown();

        while (true) {
            try {
                assertThat(one.of("a").runWithin(60_000, () -> 1)).isEqualTo(1);
                return;
            } catch (AnomalyException e) {
                Thread.onSpinWait(); // until it is noticed
            }
        }
    }
}
