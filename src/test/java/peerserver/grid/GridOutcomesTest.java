package peerserver.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import peerserver.config.ClusterConfig;
import peerserver.config.MapConfig;
import peerserver.config.TransactionConfig;
import peerserver.db.FakeInstance;
import peerserver.work.TestWorkers;

/** A data grid that does not answer at all, as it is while the member that keeps what is asked for is frozen. */
@Timeout(30)
class GridOutcomesTest {

    private final CountDownLatch thawed = new CountDownLatch(1);
    private final GridOutcomes outcomes = new GridOutcomes(
            new FakeInstance<>(List.of(frozen())),
            ClusterConfig.from(new MapConfig(Map.of("peerserver.cluster", "true", "peerserver.grid.timeout-ms", "50"))),
            TransactionConfig.from(new MapConfig(Map.of())),
            Thread::new,
            TestWorkers.of(Thread::new));

    private CacheManager frozen() {
        return (CacheManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CacheManager.class}, (proxy, method, arguments) -> {
                    thawed.await();
                    throw new IllegalStateException("thawed");
                });
    }

    @AfterEach
    void thaw() {
        thawed.countDown();
        outcomes.stop();
    }

    private static void awaitFailure(CompletableFuture<?> asked) {
        assertThat(asked).failsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void isWaitedForNoLongerThanConfiguredAndThenNotAskedForAWhile() {
        awaitFailure(outcomes.putIfAbsent("caller", "id", "text").toCompletableFuture());

        assertThat(outcomes.find("caller", "id").toCompletableFuture()).isCompletedExceptionally();
        assertThat(outcomes.put("caller", "id", "text").toCompletableFuture()).isCompletedExceptionally();
    }

    /** It is the one that ends every wait of this JVM. */
    @Test
    void doesNotHoldTheThreadThatKeepsTheTime() {
        for (int i = 0; i < 4; i++) {
            awaitFailure(outcomes.putIfAbsent("caller", "id " + i, "text").toCompletableFuture());
        }

        awaitFailure(new CompletableFuture<>().orTimeout(1, TimeUnit.MILLISECONDS));
    }

    @Test
    void whoGoesOnDoesSoOnAnotherThreadThanThatWhichKeepsTheTime() throws Exception {
        String thread = outcomes.putIfAbsent("caller", "id", "text")
                .handle((answer, thrown) -> Thread.currentThread().getName())
                .toCompletableFuture()
                .get();

        assertThat(thread).isNotEqualTo("CompletableFutureDelayScheduler");
    }
}
