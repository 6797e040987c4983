package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManagedThreadsTest {

    @Test
    void whatFailsIsDoneAgainUntilTheThreadIsInterrupted() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        Thread thread = ManagedThreads.daemon(
                Thread::new,
                "repeats",
                () -> ManagedThreads.repeat(1, () -> {
                    times.countDown();
                    if (times.getCount() == 1) {
                        throw new OutOfMemoryError("told to");
                    }
                    throw new IllegalStateException("no");
                }));
        thread.start();

        assertThat(times.await(1, TimeUnit.MINUTES)).isTrue();
        thread.interrupt();
        thread.join();
    }
}
