package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import peerserver.chunk.CursorStore;
import peerserver.config.LoadConfig;
import peerserver.config.MapConfig;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Fields;

class DatabaseTurnsTest {

    private final DatabaseTurns turns = turns(Map.of(
            "peerserver.per-database.at-once", "2",
            "peerserver.per-database.waiting", "6"));
    private final List<RequestContext> contexts = new ArrayList<>();

    private static DatabaseTurns turns(Map<String, String> settings) {
        return new DatabaseTurns(LoadConfig.from(new MapConfig(settings)));
    }

    private CompletableFuture<?> take(String database) {
        return take(House.READER, database);
    }

    private CompletableFuture<?> take(Caller caller, String database) {
        RequestContext context = new RequestContext(
                caller,
                Fields.of(Map.of()),
                Deadline.of(System.nanoTime(), OptionalLong.empty(), 60_000),
                CursorStore.NONE);
        contexts.add(context);
        return turns.take(context, database).toCompletableFuture();
    }

    private void takeFive(String database) {
        for (int i = 0; i < 5; i++) {
            var unused = take(database);
        }
    }

    private void end(int request) {
        contexts.get(request).turn().end();
    }

    private static void assertBusy(ThrowableAssert.ThrowingCallable asking) {
        assertThatThrownBy(asking).isInstanceOfSatisfying(AnomalyException.class, refused -> assertThat(
                        refused.anomaly().category())
                .isEqualTo(Category.BUSY));
    }

    @Test
    void comeAtOnceForSoManyAndThenOneAfterTheOther() {
        assertThat(take("a")).isDone();
        assertThat(take("a")).isDone();
        CompletableFuture<?> third = take("a");
        CompletableFuture<?> fourth = take("a");
        assertThat(third).isNotDone();

        end(1);
        assertThat(third).isDone();
        assertThat(fourth).isNotDone();
        end(2);
        assertThat(fourth).isDone();
    }

    @Test
    void whoGivesUpWaitingEndsNobodysTurn() {
        var first = take("a");
        var second = take("a");
        CompletableFuture<?> givenUp = take("a");
        CompletableFuture<?> fourth = take("a");

        end(2);
        assertThat(fourth).isNotDone();
        end(0);
        assertThat(fourth).isDone();
        assertThat(givenUp).isNotDone();
        assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void areThereAgainWhenAllHaveEnded() {
        takeFive("a");
        for (int i = 0; i < 5; i++) {
            end(i);
            end(i);
        }

        assertThat(take("a")).isDone();
        assertThat(take("a")).isDone();
        assertThat(take("a")).isNotDone();
    }

    @Test
    void areRefusedWhenTooManyWait() {
        takeFive("a");

        assertBusy(() -> take("a").join());
        assertThat(turns.refused()).isEqualTo(1);
    }

    @Test
    void leaveRoomForOtherKeysAndComeFirstToThoseWhoHaveTheFewest() {
        Caller other = House.caller("other", Set.of(Right.READ), "orders");
        takeFive("a");
        assertBusy(() -> take("a").join());

        CompletableFuture<?> modest = take(other, "a");
        assertThat(modest).isNotDone();
        end(0);
        assertThat(modest).isDone();
    }

    @Test
    void areNoOtherDatabases() {
        takeFive("a");

        assertThat(take("b")).isDone();
    }

    @Test
    void areOneForEachRequest() {
        assertThat(take("a")).isDone();
        for (int i = 0; i < 10; i++) {
            assertThat(turns.take(contexts.get(0), "a").toCompletableFuture()).isDone();
            assertThat(turns.take(contexts.get(0), "b").toCompletableFuture()).isDone();
        }

        assertThat(take("a")).isDone();
        assertThat(take("b")).isDone();
    }

    @Test
    void areRefusedWhenTooManyComeWithinASecond() {
        DatabaseTurns slow = turns(Map.of("peerserver.per-database.per-second", "1"));

        slow.count("a");
        assertBusy(() -> slow.count("a"));
        slow.count("b");
    }
}
