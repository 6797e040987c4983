package peerserver.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import peerserver.config.DrainConfig;

@Timeout(60)
class DrainTest {

    private static final long AGES = 3_600_000;

    private final Workers workers = TestWorkers.of(Thread::new);
    private Drain drain = drain(0, AGES);

    private Drain drain(long graceMs, long finishMs) {
        return new Drain(new DrainConfig(graceMs, finishMs, false), workers, Clock.systemUTC(), Thread::new);
    }

    @AfterEach
    void stop() {
        drain.stop();
        workers.stop();
    }

    @Test
    void nothingIsRefusedWhileItServesAsEver() {
        assertThat(drain.draining()).isFalse();
        assertThat(drain.standing().accepting()).isTrue();
        assertThat(admission()).isEqualTo(Admission.IN);
    }

    @Test
    void everybodyIsServedDuringTheGraceTime() {
        drain = drain(AGES, AGES);
        CompletableFuture<?> leaving = leaving();
        await(() -> drain.draining());

        assertThat(admission()).isEqualTo(Admission.IN);
        assertThat(drain.standing().accepting()).isTrue();
        assertThat(drain.standing().graceEnds())
                .contains(drain.standing().since().orElseThrow().plusMillis(AGES));
        assertThat(leaving).isNotDone();
    }

    @Test
    void leavingWaitsForWhatIsUnderWayAndTakesOnNothingMore() throws Exception {
        Share share = workers.share("key");
        assertThat(share.admit()).isEqualTo(Admission.IN);
        CompletableFuture<?> leaving = leaving();

        await(() -> !drain.standing().accepting());
        assertThat(workers.share("other").admit()).isEqualTo(Admission.LEAVING);
        assertThat(workers.refused(Admission.LEAVING)).isEqualTo(1);
        assertThat(leaving).isNotDone();

        share.leave();
        leaving.get();
    }

    @Test
    void doesNotWaitForEver() throws Exception {
        drain = drain(0, 1);
        assertThat(workers.share("key").admit()).isEqualTo(Admission.IN);

        leaving().get();

        assertThat(drain.standing().underWay()).isEqualTo(1);
    }

    @Test
    void withoutAnybodyToEndTheProcessItServesOnAndIsOnlyNotReady() throws Exception {
        drain.begin();
        drain.begin();

        assertThat(drain.draining()).isTrue();
        assertThat(drain.standing().leaves()).isFalse();
        Thread.sleep(50);
        assertThat(admission()).isEqualTo(Admission.IN);
        assertThat(drain.undo()).isTrue();
        assertThat(drain.draining()).isFalse();
    }

    @Test
    void whoeverEndsTheProcessIsToldWhenItIsOver() throws Exception {
        CompletableFuture<Boolean> ended = async(() -> drain.awaitLeave());
        await(() -> drain.standing().leaves());

        drain.begin();

        assertThat(ended.get()).isTrue();
        assertThat(drain.undo()).isFalse();
        assertThat(admission()).isEqualTo(Admission.LEAVING);
    }

    @Test
    void whatWasUndoneEndsNothing() {
        drain = drain(500, AGES);
        CompletableFuture<Boolean> ended = async(() -> drain.awaitLeave());
        await(() -> drain.standing().leaves());

        drain.begin();
        assertThat(drain.undo()).isTrue();

        assertThat(drain.draining()).isFalse();
        assertThat(admission()).isEqualTo(Admission.IN);
        assertThat(done(ended, 700)).isFalse();
        drain.begin();
        assertThat(done(ended, 30_000)).isTrue();
    }

    @Test
    void leavingForGoodCannotBeUndoneAndIsNoReasonForOthersToEndTheProcess() throws Exception {
        drain = drain(200, AGES);
        CompletableFuture<Boolean> ended = async(() -> drain.awaitLeave());
        await(() -> drain.standing().leaves());
        drain.begin();
        CompletableFuture<?> leaving = leaving();

        assertThat(ended.get()).isFalse();
        assertThat(drain.undo()).isFalse();
        leaving.get();
    }

    @Test
    void nobodyWaitsOnWhenTheApplicationEnds() throws Exception {
        drain = drain(AGES, AGES);
        CompletableFuture<?> leaving = leaving();
        await(() -> drain.draining());

        drain.stop();

        leaving.get();
    }

    private Admission admission() {
        Share share = workers.share("key");
        Admission admission = share.admit();
        if (admission == Admission.IN) {
            share.leave();
        }
        return admission;
    }

    private CompletableFuture<?> leaving() {
        return async(() -> {
            drain.leave();
            return true;
        });
    }

    private static <T> CompletableFuture<T> async(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(call.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    private static boolean done(CompletableFuture<Boolean> future, long withinMs) {
        try {
            return future.get(withinMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(Callable<Boolean> condition) {
        try {
            while (!condition.call()) {
                Thread.sleep(5);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
