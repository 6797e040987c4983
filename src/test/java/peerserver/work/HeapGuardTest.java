package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeapGuardTest {

    private long now = 5;
    private final HeapGuard guard = new HeapGuard(90, () -> now);

    @Test
    void isFullWhenACollectionLeavesMoreThanAllowed() {
        assertThat(guard.full()).isFalse();

        guard.collected(900, 1_000);
        assertThat(guard.full()).isFalse();

        guard.collected(901, 1_000);
        assertThat(guard.full()).isTrue();

        guard.collected(500, 1_000);
        assertThat(guard.full()).isFalse();
    }

    @Test
    void isNotFullForEverWhenNobodyUsesMemoryUp() {
        guard.collected(1_000, 1_000);
        now += TimeUnit.SECONDS.toNanos(4);
        assertThat(guard.full()).isTrue();

        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(guard.full()).isFalse();
    }

    @Test
    void letsGoOfWhatCanBeHadAgainOnceWhenTheHeapGetsFull() {
        AtomicInteger times = new AtomicInteger();
        guard.whenFull(times::incrementAndGet);

        guard.collected(1_000, 1_000);
        guard.collected(1_000, 1_000);
        assertThat(times).hasValue(1);

        guard.collected(10, 1_000);
        guard.collected(1_000, 1_000);
        assertThat(times).hasValue(2);
    }

    @Test
    void hearsOfTheCollectionsOfTheJvm() throws InterruptedException {
        HeapGuard cautious = new HeapGuard(1, System::nanoTime);
        byte[][] load = new byte[(int) (Runtime.getRuntime().maxMemory() / (50 << 20))][];
        for (int i = 0; i < load.length; i++) {
            load[i] = new byte[1 << 20];
        }
        cautious.start();
        try {
            while (!cautious.full()) {
                System.gc();
                Thread.sleep(10);
            }
            assertThat(load[load.length - 1]).hasSize(1 << 20);
        } finally {
            cautious.stop();
        }
    }
}
