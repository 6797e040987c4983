package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerOwnerTest {

    private static final TestOwner ALICE = TestOwner.of("alice", "a");
    private static final TestOwner BOB = TestOwner.of("bob", "b");

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final PerOwner<String> kept = new PerOwner<>(4, 400, Duration.ofNanos(100), String::length, nanoTime::get);

    private long count(TokenOwner owner) {
        return IntStream.range(0, 1_000)
                .filter(i -> kept.find(owner, "id" + i) != null)
                .count();
    }

    @Test
    void whatIsKeptIsFoundUntilItIsTaken() {
        kept.put(ALICE, "id", "a");

        assertThat(kept.find(ALICE, "id")).isEqualTo("a");
        assertThat(kept.find(ALICE, "other")).isNull();
        assertThat(kept.take(ALICE, "id")).isEqualTo("a");
        assertThat(kept.take(ALICE, "id")).isNull();
        assertThat(kept.find(ALICE, "id")).isNull();
    }

    @Test
    void nobodyFindsWhatIsAnothers() {
        kept.put(ALICE, "id", "a");

        assertThat(kept.find(BOB, "id")).isNull();
        assertThat(kept.take(BOB, "id")).isNull();
        kept.put(BOB, "id", "b");
        assertThat(kept.find(ALICE, "id")).isEqualTo("a");
    }

    @Test
    void anOwnerHasRoomForSoMany() {
        for (int i = 0; i < 1_000; i++) {
            kept.put(ALICE, "id" + i, "a");
        }
        assertThat(count(ALICE)).isEqualTo(4);
    }

    @Test
    void anOwnerHasRoomForSoManyBytes() {
        for (int i = 0; i < 1_000; i++) {
            kept.put(ALICE, "id" + i, "a".repeat(200));
        }
        assertThat(count(ALICE)).isEqualTo(2);
    }

    @Test
    void whatIsLargerThanTheRoomIsNotKept() {
        kept.put(ALICE, "id", "a".repeat(401));

        assertThat(kept.find(ALICE, "id")).isNull();
    }

    @Test
    void whatWasUsedLastStaysAndWhatWasUsedLongestAgoGoes() {
        for (int i = 0; i < 4; i++) {
            kept.put(ALICE, "id" + i, "a");
            kept.find(ALICE, "id" + i);
            kept.find(ALICE, "id" + i);
        }
        for (int i = 4; i < 7; i++) {
            kept.find(ALICE, "id0");
            kept.put(ALICE, "id" + i, "a");
        }
        assertThat(IntStream.range(0, 7).filter(i -> kept.find(ALICE, "id" + i) != null))
                .containsExactly(0, 4, 5, 6);
    }

    @Test
    void whatIsUnusedForTooLongIsNoLongerKept() {
        kept.put(ALICE, "used", "a");
        kept.put(ALICE, "unused", "a");
        nanoTime.addAndGet(99);
        assertThat(kept.find(ALICE, "used")).isNotNull();
        nanoTime.addAndGet(99);

        assertThat(kept.find(ALICE, "used")).isNotNull();
        assertThat(kept.find(ALICE, "unused")).isNull();
        nanoTime.addAndGet(100);
        assertThat(kept.find(ALICE, "used")).isNull();
    }

    @Test
    void puttingAgainReplacesAndCostsNoMoreRoom() {
        for (int i = 0; i < 10; i++) {
            kept.put(ALICE, "id", "a".repeat(200 + i));
        }
        kept.put(ALICE, "other", "a".repeat(190));

        assertThat(kept.find(ALICE, "id")).hasSize(209);
        assertThat(kept.find(ALICE, "other")).hasSize(190);
    }

    @Test
    void ownersDoNotDisplaceEachOther() {
        kept.put(ALICE, "id0", "a".repeat(300));
        for (int i = 0; i < 1_000; i++) {
            kept.put(BOB, "id" + i, "b".repeat(100));
        }
        assertThat(kept.find(ALICE, "id0")).isNotNull();
        assertThat(count(BOB)).isEqualTo(4);
    }
}
