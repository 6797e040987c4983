package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;

class WorkersTest {

    private final Workers workers = new Workers(
            RequestConfig.from(
                    new MapConfig(Map.of("peerserver.workers.threads", "2", "peerserver.workers.queue", "3"))),
            Thread::new);

    @AfterEach
    void stop() {
        workers.stop();
    }

    @Test
    void admitAsManyRequestsAsCanBeWorkedOnOrWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(workers.admit()).isTrue();
        }
        assertThat(workers.admit()).isFalse();
    }

    @Test
    void giveAPlaceThatWasLeftToTheNext() {
        for (int i = 0; i < 5; i++) {
            workers.admit();
        }
        workers.leave();

        assertThat(workers.admit()).isTrue();
        assertThat(workers.admit()).isFalse();
    }

    @Test
    void workWithAsManyThreadsAsConfiguredAndRefuseNothing() throws InterruptedException {
        Queue<String> names = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            workers.execute(() -> {
                names.add(Thread.currentThread().getName());
                done.countDown();
            });
        }
        done.await();

        assertThat(names).hasSize(50);
        assertThat(names.stream().distinct().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void haveTimeToSpareOnlyWhileAThreadHasNothingToDo() throws InterruptedException {
        CountDownLatch spared = new CountDownLatch(1);
        workers.admit();
        workers.spare(spared::countDown);
        spared.await();

        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch afterwards = new CountDownLatch(1);
        workers.admit();
        workers.spare(never::countDown);
        workers.execute(afterwards::countDown);
        afterwards.await();
        assertThat(never.getCount()).isEqualTo(1);
    }
}
