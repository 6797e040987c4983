package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.LazilyPersistentVector;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.cluster.Node;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.db.Resume;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Datom;

class TokensTest {

    private static final TestOwner OWNER = TestOwner.of("key", "secret");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final IterationConfig CONFIG = IterationConfig.from(new MapConfig(Map.of()));
    private static final Keyword QUERY = Keyword.intern("query");
    private static final Keyword ID = Keyword.intern("id");

    private final MapCursorStore store = new MapCursorStore();
    private final Tokens tokens = after(Duration.ZERO);

    private Tokens after(Duration time) {
        return tokens(time, new Takeovers(new Node(Clock.systemUTC())));
    }

    private Tokens tokens(Duration time, Takeovers takeovers) {
        return new Tokens(store, CONFIG, Clock.fixed(START.plus(time), ZoneOffset.UTC), takeovers);
    }

    @Test
    void countsTokensThatAnotherNodeMade() {
        Takeovers takeovers = new Takeovers(new Node(Clock.systemUTC()));
        Tokens here = tokens(Duration.ZERO, takeovers);

        here.cursor(OWNER, here.of(OWNER, cursor(10, null)));
        assertThat(takeovers.taken()).isZero();

        here.cursor(OWNER, tokens.of(OWNER, cursor(10, null)));
        assertThat(takeovers.taken()).isEqualTo(1);
        assertThat(takeovers.lost()).isZero();
    }

    @Test
    void countsRecipesThatAreNotToBeFound() {
        Takeovers takeovers = new Takeovers(new Node(Clock.systemUTC()));
        String token = tokens.of(OWNER, cursor(5_000, null));
        Tokens elsewhere = new Tokens(new MapCursorStore(), CONFIG, Clock.fixed(START, ZoneOffset.UTC), takeovers);

        assertIncorrect(() -> elsewhere.cursor(OWNER, token), "no longer kept");

        assertThat(takeovers.taken()).isZero();
        assertThat(takeovers.lost()).isEqualTo(1);
    }

    private static Cursor cursor(int size, @Nullable Object after) {
        return new Cursor(
                "iteration", Map.of(QUERY, "x".repeat(size)), new Resume(3_000_000_000L, after), Long.MAX_VALUE, 1_000);
    }

    private static void assertIncorrect(ThrowingCallable call, String message) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(call)
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    static Stream<Object> values() {
        return Stream.of(
                "text",
                true,
                1L,
                Long.MIN_VALUE,
                BigInt.fromBigInteger(BigInteger.TWO.pow(100)),
                1.5,
                Double.NaN,
                -0.0,
                new BigDecimal("1.10"),
                new BigDecimal("1E+40"),
                Date.from(START),
                UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                URI.create("https://example.org/a?b=c"),
                Keyword.intern("some.ns", "name"),
                Symbol.intern("some.ns", "name"),
                LazilyPersistentVector.createOwning(1L, null, "tuple", Keyword.intern("k")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aCursorComesBackWithTheDatomItStandsBehind(Object value) {
        Cursor cursor = cursor(10, new Datom(17592186045418L, 72L, value, 13194139534312L, false));

        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor))).isEqualTo(cursor);
        assertThat(store.kept).isEmpty();
    }

    @Test
    void aCursorComesBackWithBytesWithATAndWithNothingToSeek() {
        Datom datom = new Datom(1L, 2L, new byte[] {0, -1, 127}, 3L, true);
        Resume resume =
                tokens.cursor(OWNER, tokens.of(OWNER, cursor(10, datom))).resume();

        assertThat(resume.after()).isInstanceOfSatisfying(Datom.class, after -> assertThat((byte[]) after.v())
                .containsExactly(0, -1, 127));
        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor(10, 1_000L)))).isEqualTo(cursor(10, 1_000L));
        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor(10, null)))).isEqualTo(cursor(10, null));
    }

    @Test
    void aLargeRecipeIsKeptAsideOnceAndSealed() {
        Cursor cursor = cursor(100_000, 7L);
        String first = tokens.of(OWNER, cursor);
        Map<String, String> kept = Map.copyOf(store.kept);
        String second = tokens.of(OWNER, cursor.at(4_000_000_000L, 8L));

        assertThat(tokens.cursor(OWNER, first)).isEqualTo(cursor);
        assertThat(tokens.cursor(OWNER, second)).isEqualTo(cursor.at(4_000_000_000L, 8L));
        assertThat(store.kept).hasSize(1).isEqualTo(kept);
        assertThat(kept.values()).allSatisfy(text -> assertThat(text).doesNotContain("xxxxxxxx"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 1_300, 1_350, 1_400, 1_450, 1_500, 2_000, 100_000})
    void noTokenIsTooLongWhateverItStandsFor(int size) {
        for (int valueSize : new int[] {0, 100, 1_200, 1_300, 1_400, 5_000}) {
            Datom after = new Datom(1L, 2L, "ä".repeat(valueSize), 3L, true);
            String token = tokens.of(OWNER, cursor(size, after));

            assertThat(token).hasSizeLessThanOrEqualTo(2_048).isASCII();
            assertThat(tokens.cursor(OWNER, token).request())
                    .isEqualTo(cursor(size, null).request());
        }
    }

    @Test
    void rowsAreCountedWhereTheValueIsTooLargeToSeek() {
        Cursor cursor = cursor(10, new Datom(1L, 2L, "x".repeat(3_000), 3L, true));

        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor))).isEqualTo(cursor(10, null));
    }

    @Test
    void aRecipeThatIsNoLongerKeptIsToBeBegunAgain() {
        String token = tokens.of(OWNER, cursor(100_000, null));
        store.kept.clear();

        assertIncorrect(() -> tokens.cursor(OWNER, token), "begin it again");
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token = tokens.of(OWNER, cursor(10, null));
        String handle = tokens.handle(OWNER, Map.of(ID, "a"));
        Tokens onTime = after(Duration.ofMillis(CONFIG.tokenMs()));
        Tokens late = after(Duration.ofMillis(CONFIG.tokenMs() + 1));

        assertThat(onTime.cursor(OWNER, token)).isEqualTo(cursor(10, null));
        assertIncorrect(() -> late.cursor(OWNER, token), "expired");
        assertIncorrect(() -> late.handle(OWNER, handle), "expired");
    }

    @Test
    void anIterationUnderWayOutlivesItsFirstToken() {
        Cursor cursor = cursor(100_000, 1L);
        tokens.of(OWNER, cursor);
        String later = after(Duration.ofMinutes(50)).of(OWNER, cursor.at(5, 2L));

        assertThat(after(Duration.ofMinutes(70)).cursor(OWNER, later)).isEqualTo(cursor.at(5, 2L));
    }

    @Test
    void anotherOwnersTokenIsRefusedEvenWithTheSameKeys() {
        TestOwner other = new TestOwner("other", OWNER.tokenKeys());
        String token = tokens.of(OWNER, cursor(10, null));

        assertIncorrect(() -> tokens.cursor(other, token), "does not belong here");
        assertIncorrect(() -> tokens.cursor(TestOwner.of("other", "secret"), token), "not one that this server gave");
    }

    @Test
    void aHandleComesBackAndIsNoCursor() {
        String handle = tokens.handle(OWNER, Map.of(ID, "a"));
        String token = tokens.of(OWNER, cursor(10, null));

        assertThat(tokens.handle(OWNER, handle).get(ID)).isEqualTo("a");
        assertIncorrect(() -> tokens.cursor(OWNER, handle), "does not belong here");
        assertIncorrect(() -> tokens.handle(OWNER, token), "does not belong here");
    }

    @Test
    void aKeptRecipeIsNoToken() {
        tokens.of(OWNER, cursor(1_500, null));
        String sealed = Objects.requireNonNull(store.kept.get("iteration"));

        assertIncorrect(() -> tokens.handle(OWNER, sealed), "The :next-token");
    }

    /** Keeps everything. */
    private static final class MapCursorStore implements CursorStore {

        private final Map<String, String> kept = new HashMap<>();

        @Override
        public void keep(TokenOwner owner, String id, String sealed) {
            kept.put(id, sealed);
        }

        @Override
        public @Nullable String find(TokenOwner owner, String id) {
            return kept.get(id);
        }
    }
}
