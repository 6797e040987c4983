package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
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
    void workByTheThreadThatBringsTheWorkWhileAHandIsFree() throws InterruptedException {
        List<Thread> byWhom = new ArrayList<>();

        assertThat(workers.tryHere(() -> byWhom.add(Thread.currentThread()))).isTrue();
        assertThat(byWhom).containsExactly(Thread.currentThread());

        CountDownLatch release = new CountDownLatch(1);
        holdBothHands(release);
        assertThat(workers.tryHere(() -> byWhom.add(Thread.currentThread()))).isFalse();
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(done::countDown);
        assertThat(done.getCount()).isEqualTo(1);
        release.countDown();
        done.await();
        assertThat(byWhom).hasSize(1);
    }

    @Test
    void nobodyOvertakesWhoWaits() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        boolean[] overtook = new boolean[1];

        workers.tryHere(() -> workers.tryHere(() -> {
            workers.execute(done::countDown);
            overtook[0] = workers.tryHere(() -> {});
        }));

        done.await();
        assertThat(overtook).containsExactly(false);
    }

    @Test
    void letGoOfAHandAfterWorkThatFails() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> workers.tryHere(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }

        assertThat(workers.tryHere(() -> {})).isTrue();
    }

    @Test
    void haveTimeToSpareOnlyWhileAHandIsFree() throws InterruptedException {
        CountDownLatch spared = new CountDownLatch(1);
        workers.spare(spared::countDown);
        spared.await();

        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch afterwards = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        holdBothHands(release);
        workers.spare(never::countDown);
        release.countDown();
        workers.execute(afterwards::countDown);
        afterwards.await();
        assertThat(never.getCount()).isEqualTo(1);
    }

    private void holdBothHands(CountDownLatch release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            workers.execute(() -> {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        held.await();
    }
}
