package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineWatchTest {

    private final DeadlineWatch watch = new DeadlineWatch(Thread::new);

    @AfterEach
    void stop() {
        watch.stop();
    }

    private static Deadline passed() {
        return Deadline.of(System.nanoTime() - TimeUnit.MINUTES.toNanos(2), OptionalLong.empty(), 1_000);
    }

    @Test
    void oneThatCannotBeToldForWantOfMemoryHarmsNoOther() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        var first = watch.over(passed(), late -> {
            failed.countDown();
            throw new OutOfMemoryError("told to");
        });
        assertThat(failed.await(1, TimeUnit.MINUTES)).isTrue();
        CountDownLatch told = new CountDownLatch(1);

        var second = watch.over(passed(), late -> told.countDown());

        assertThat(told.await(1, TimeUnit.MINUTES)).isTrue();
        first.run();
        second.run();
    }
}
