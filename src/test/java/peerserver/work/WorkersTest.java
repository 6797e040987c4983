package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final HeapGuard heap = new HeapGuard(90, System::nanoTime);
    private Workers workers = TestWorkers.of(
            Map.of("peerserver.workers.threads", "2", "peerserver.workers.queue", "4"), heap, Thread::new);
    private final Share one = workers.share("one");
    private final Share other = workers.share("other");

    @AfterEach
    void stop() {
        workers.stop();
    }

    private static int admitted(Share share, int asked) {
        return (int) IntStream.range(0, asked)
                .filter(i -> share.admit() == Admission.IN)
                .count();
    }

    @Test
    void admitAsManyRequestsAsCanBeWorkedOnOrWait() {
        for (int i = 0; i < 6; i++) {
            assertThat(workers.share("key " + i).admit()).isEqualTo(Admission.IN);
        }
        assertThat(workers.share("key 6").admit()).isEqualTo(Admission.HOUSE_FULL);
    }

    @Test
    void giveAPlaceThatWasLeftToTheNext() {
        assertThat(admitted(one, 6)).isEqualTo(3);
        one.leave();

        assertThat(admitted(one, 6)).isEqualTo(1);
    }

    @Test
    void giveNoKeyMorePlacesThanItLeavesFree() {
        assertThat(admitted(one, 100)).isEqualTo(3);
        assertThat(one.admit()).isEqualTo(Admission.KEY_FULL);
        assertThat(admitted(other, 100)).isEqualTo(2);
        assertThat(admitted(workers.share("third"), 100)).isEqualTo(1);
    }

    @Test
    void giveNoKeyMorePlacesThanConfigured() {
        workers = TestWorkers.of(
                Map.of("peerserver.per-key.at-once", "3", "peerserver.per-key.waiting", "4"), heap, Thread::new);

        assertThat(admitted(workers.share("one"), 100)).isEqualTo(7);
    }

    @Test
    void admitNoMoreASecondThanConfigured() {
        workers = TestWorkers.of(Map.of("peerserver.per-key.per-second", "1"), heap, Thread::new);
        Share slow = workers.share("slow");

        assertThat(slow.admit()).isEqualTo(Admission.IN);
        assertThat(slow.admit()).isEqualTo(Admission.KEY_TOO_FAST);
        assertThat(workers.share("another").admit()).isEqualTo(Admission.IN);
    }

    @Test
    void admitNobodyWhileTheHeapIsFull() {
        heap.collected(95, 100);
        assertThat(one.admit()).isEqualTo(Admission.HEAP_FULL);

        heap.collected(50, 100);
        assertThat(one.admit()).isEqualTo(Admission.IN);
    }

    @Test
    void workForOneKeyWithNoMoreHandsThanConfiguredAndForAnotherMeanwhile() throws InterruptedException {
        workers = TestWorkers.of(
                Map.of("peerserver.workers.threads", "2", "peerserver.per-key.at-once", "1"), heap, Thread::new);
        Share slow = workers.share("slow");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        hold(slow, 1, release);
        assertThat(slow.tryHere(() -> {})).isFalse();
        slow.execute(second::countDown);

        CountDownLatch done = new CountDownLatch(1);
        workers.share("quick").execute(done::countDown);
        done.await();

        assertThat(second.getCount()).isEqualTo(1);
        release.countDown();
        second.await();
    }

    @Test
    void takeTurnsBetweenKeysThatWait() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(110);
        workers = TestWorkers.of(Map.of("peerserver.workers.threads", "1"), heap, Thread::new);
        hold(workers.share("first"), 1, release);
        for (int i = 0; i < 100; i++) {
            workers.share("greedy").execute(() -> {
                served.add("greedy");
                done.countDown();
            });
        }
        for (int i = 0; i < 10; i++) {
            workers.share("modest").execute(() -> {
                served.add("modest");
                done.countDown();
            });
        }
        release.countDown();
        done.await();

        assertThat(served.subList(0, 20)).filteredOn("modest"::equals).hasSize(10);
    }

    @Test
    void giveAHandToTheKeyForWhichTheFewestWork() throws InterruptedException {
        workers = TestWorkers.of(Map.of("peerserver.workers.threads", "3"), heap, Thread::new);
        CountDownLatch ends = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hold(workers.share("busy"), 2, ends);
        hold(workers.share("first"), 1, release);
        CountDownLatch third = new CountDownLatch(1);
        workers.share("busy").execute(third::countDown);
        long[] before = new long[1];
        CountDownLatch served = new CountDownLatch(1);
        workers.share("idle").execute(() -> {
            before[0] = third.getCount();
            served.countDown();
        });
        release.countDown();
        served.await();

        assertThat(before).containsExactly(1);
        ends.countDown();
        third.await();
    }

    @Test
    void haveAllTheirPlacesAndHandsBackWhenEverybodyHasLeft() throws InterruptedException {
        int each = 500;
        CountDownLatch done = new CountDownLatch(4 * each);
        List<Thread> callers = new ArrayList<>();
        for (String key : List.of("a", "b", "a", "b")) {
            Share share = workers.share(key);
            callers.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    Runnable work = done::countDown;
                    if (!share.tryHere(work)) {
                        share.execute(work);
                    }
                }
            }));
        }
        callers.forEach(Thread::start);
        done.await();
        for (Thread caller : callers) {
            caller.join();
        }

        while (workers.freeHands() < 2) {
            Thread.onSpinWait(); // the last hand to be let go of
        }
        assertThat(workers.waiting()).isZero();
        assertThat(workers.requests()).isZero();
        assertThat(one.tryHere(() -> assertThat(other.tryHere(() -> {})).isTrue()))
                .isTrue();
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

        assertThat(one.tryHere(() -> byWhom.add(Thread.currentThread()))).isTrue();
        assertThat(byWhom).containsExactly(Thread.currentThread());

        CountDownLatch release = new CountDownLatch(1);
        holdBothHands(release);
        assertThat(one.tryHere(() -> byWhom.add(Thread.currentThread()))).isFalse();
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

        one.tryHere(() -> one.tryHere(() -> {
            workers.execute(done::countDown);
            overtook[0] = one.tryHere(() -> {});
        }));

        done.await();
        assertThat(overtook).containsExactly(false);
    }

    @Test
    void letGoOfAHandAfterWorkThatFails() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> one.tryHere(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }

        assertThat(one.tryHere(() -> {})).isTrue();
    }

    @Test
    void haveTimeToSpareOnlyWhileAHandIsFree() throws InterruptedException {
        CountDownLatch spared = new CountDownLatch(1);
        one.spare(spared::countDown);
        spared.await();

        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch afterwards = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        holdBothHands(release);
        one.spare(never::countDown);
        release.countDown();
        workers.execute(afterwards::countDown);
        afterwards.await();
        assertThat(never.getCount()).isEqualTo(1);
    }

    /** Workers for whom a request may take no longer than a millisecond. */
    private void impatient(String threads, String extraThreads, String atOnce) {
        workers = TestWorkers.of(
                Map.of(
                        "peerserver.request.timeout-ms", "1",
                        "peerserver.workers.threads", threads,
                        "peerserver.workers.extra-threads", extraThreads,
                        "peerserver.per-key.at-once", atOnce),
                heap,
                Thread::new);
    }

    private void replaceOverdue() throws InterruptedException {
        Thread.sleep(2);
        workers.replaceOverdue();
    }

    @Test
    void replaceHandsThatWorkPastEveryDeadlineAndCountThemForTheirKeyUntilTheyEnd() throws InterruptedException {
        impatient("2", "8", "2");
        Share endless = workers.share("endless");
        CountDownLatch release = new CountDownLatch(1);
        hold(endless, 2, release);
        CountDownLatch waited = new CountDownLatch(2);
        workers.share("another").execute(waited::countDown);
        workers.share("another").execute(waited::countDown);
        Thread.sleep(2);
        assertThat(workers.stuck()).as("stuck before anybody has looked").isFalse();

        replaceOverdue();
        waited.await();

        assertThat(workers.replacedHands()).isEqualTo(2);
        assertThat(workers.stuck()).isFalse();
        assertThat(endless.admit()).isEqualTo(Admission.KEY_OVERDUE);
        assertThat(endless.tryHere(() -> {})).isFalse();
        assertThat(workers.share("another").admit()).isEqualTo(Admission.IN);

        release.countDown();
        while (workers.replacedHands() > 0) {
            Thread.onSpinWait();
        }
        while (workers.freeHands() < 2) {
            Thread.onSpinWait(); // the hands that did what waited
        }
        assertThat(endless.admit()).isEqualTo(Admission.IN);
        assertThat(workers.freeHands()).isEqualTo(2);
        replaceOverdue();
        assertThat(workers.freeHands()).isEqualTo(2);
    }

    @Test
    void replaceNoMoreHandsThanConfiguredAndTellWhenNoneIsLeft() throws InterruptedException {
        impatient("2", "1", "12");
        CountDownLatch release = new CountDownLatch(1);
        hold(workers.share("endless"), 2, release);
        replaceOverdue();
        assertThat(workers.replacedHands()).isEqualTo(1);
        assertThat(workers.freeHands()).isEqualTo(1);
        assertThat(workers.stuck()).isFalse();

        hold(workers.share("endless"), 1, release);
        replaceOverdue();
        assertThat(workers.replacedHands()).isEqualTo(1);
        assertThat(workers.freeHands()).isZero();
        assertThat(workers.stuck()).isTrue();

        release.countDown();
        while (workers.freeHands() < 2 || workers.replacedHands() > 0) {
            Thread.onSpinWait();
        }
        assertThat(workers.stuck()).isFalse();
        assertThat(workers.replacedHands()).isZero();
    }

    @Test
    void tellWhoWantsToKnowThatItsHandWasReplaced() throws InterruptedException {
        impatient("2", "8", "2");
        List<String> told = new ArrayList<>();
        one.tryHere(() -> workers.whenReplaced(() -> told.add("in time")));
        workers.whenReplaced(() -> told.add("no hand"));
        workers.share("endless").tryHere(() -> {
            workers.whenReplaced(() -> told.add("endless"));
            try {
                replaceOverdue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(told).containsExactly("endless");
        assertThat(workers.replacedHands()).isZero();
    }

    private void holdBothHands(CountDownLatch release) throws InterruptedException {
        hold(one, 2, release);
    }

    private static void hold(Share share, int hands, CountDownLatch release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(hands);
        for (int i = 0; i < hands; i++) {
            share.execute(() -> {
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
