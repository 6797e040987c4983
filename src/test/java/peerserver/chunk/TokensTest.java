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
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
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
    private final MapCursorStore session = new MapCursorStore();
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

        here.cursor(OWNER, here.of(OWNER, cursor(10, null), session), session);
        assertThat(takeovers.taken()).isZero();

        here.cursor(OWNER, tokens.of(OWNER, cursor(10, null), session), session);
        assertThat(takeovers.taken()).isEqualTo(1);
        assertThat(takeovers.lost()).isZero();
    }

    @Test
    void countsRecipesThatAreNotToBeFound() {
        Takeovers takeovers = new Takeovers(new Node(Clock.systemUTC()));
        String token = tokens.of(OWNER, cursor(100_000, null), session);
        Tokens elsewhere = new Tokens(new MapCursorStore(), CONFIG, Clock.fixed(START, ZoneOffset.UTC), takeovers);

        assertIncorrect(() -> elsewhere.cursor(OWNER, token, CursorStore.NONE), "kept neither on this node");

        assertThat(takeovers.taken()).isZero();
        assertThat(takeovers.lost()).isEqualTo(1);
    }

    /** Text that does not get shorter by much when it is deflated. */
    private static String dense(int size) {
        return new Random(1)
                .ints(size, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Cursor cursor(int size, @Nullable Object after) {
        return new Cursor(
                "iteration", Map.of(QUERY, dense(size)), new Resume(3_000_000_000L, after), Long.MAX_VALUE, 1_000);
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

        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor, session), session))
                .isEqualTo(cursor);
        assertThat(store.kept).isEmpty();
    }

    @Test
    void aCursorComesBackWithBytesWithATAndWithNothingToSeek() {
        Datom datom = new Datom(1L, 2L, new byte[] {0, -1, 127}, 3L, true);
        Resume resume = tokens.cursor(OWNER, tokens.of(OWNER, cursor(10, datom), session), session)
                .resume();

        assertThat(resume.after()).isInstanceOfSatisfying(Datom.class, after -> assertThat((byte[]) after.v())
                .containsExactly(0, -1, 127));
        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor(10, 1_000L), session), session))
                .isEqualTo(cursor(10, 1_000L));
        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor(10, null), session), session))
                .isEqualTo(cursor(10, null));
    }

    @Test
    void aLargeRecipeIsKeptAsideOnceAndSealed() {
        Cursor cursor = cursor(100_000, 7L);
        String first = tokens.of(OWNER, cursor, session);
        Map<String, String> kept = Map.copyOf(store.kept);
        String second = tokens.of(OWNER, cursor.at(4_000_000_000L, 8L), session);

        assertThat(tokens.cursor(OWNER, first, session)).isEqualTo(cursor);
        assertThat(tokens.cursor(OWNER, second, session)).isEqualTo(cursor.at(4_000_000_000L, 8L));
        assertThat(store.kept).hasSize(1).isEqualTo(kept);
        assertThat(kept.values()).allSatisfy(text -> assertThat(text).doesNotContain(dense(20)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 1_300, 1_350, 1_400, 1_450, 1_500, 2_000, 100_000})
    void noTokenIsTooLongWhateverItStandsFor(int size) {
        for (int valueSize : new int[] {0, 100, 1_200, 1_300, 1_400, 5_000}) {
            Datom after = new Datom(1L, 2L, dense(valueSize), 3L, true);
            String token = tokens.of(OWNER, cursor(size, after), session);

            assertThat(token).hasSizeLessThanOrEqualTo(2_048).isASCII();
            assertThat(tokens.cursor(OWNER, token, session).request())
                    .isEqualTo(cursor(size, null).request());
        }
    }

    @Test
    void rowsAreCountedWhereTheValueIsTooLargeToSeek() {
        Cursor cursor = cursor(10, new Datom(1L, 2L, dense(3_000), 3L, true));

        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor, session), session))
                .isEqualTo(cursor(10, null));
    }

    @Test
    void aRecipeThatIsNoLongerKeptIsToBeBegunAgain() {
        String token = tokens.of(OWNER, cursor(100_000, null), session);
        store.kept.clear();
        session.kept.clear();

        assertIncorrect(() -> tokens.cursor(OWNER, token, session), "begin it again");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 20_000, 60_000})
    void whatFitsOnceItIsDeflatedIsKeptNowhere(int size) {
        Cursor cursor = new Cursor(
                "iteration", Map.of(QUERY, "the same ".repeat(size / 9)), Resume.atRow(5), Long.MAX_VALUE, 1_000);
        String token = tokens.of(OWNER, cursor, session);

        assertThat(token).hasSizeLessThanOrEqualTo(2_048);
        assertThat(tokens.cursor(OWNER, token, session)).isEqualTo(cursor);
        assertThat(store.kept).isEmpty();
        assertThat(session.kept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 1_000_000})
    void whatFitsButWouldBeLargeOnceInflatedIsKept(int size) {
        Cursor cursor =
                new Cursor("iteration", Map.of(QUERY, " ".repeat(size)), Resume.atRow(5), Long.MAX_VALUE, 1_000);

        assertThat(tokens.cursor(OWNER, tokens.of(OWNER, cursor, session), session))
                .isEqualTo(cursor);
        assertThat(store.kept).hasSize(1);
        assertThat(store.kept.values()).allSatisfy(text -> assertThat(text).hasSizeLessThan(size / 20));
    }

    @Test
    void aTokenThatIsInflatedWithoutEndIsRefusedBeforeItTakesRoom() {
        byte[] bomb = Deflated.of(new byte[1_400_000], Deflater.BEST_COMPRESSION);
        String token = TokenSeal.seal(OWNER, bomb);

        assertThat(token).hasSizeLessThanOrEqualTo(2_048);
        assertIncorrect(() -> tokens.cursor(OWNER, token, session), "of no form");
        assertIncorrect(() -> tokens.handle(OWNER, token), "of no form");
    }

    @Test
    void anotherNodeContinuesALargeRecipeByTheSession() {
        Cursor cursor = cursor(100_000, 7L);
        String token = tokens.of(OWNER, cursor, session);
        MapCursorStore otherStore = new MapCursorStore();
        Tokens otherNode = new Tokens(
                otherStore, CONFIG, Clock.fixed(START, ZoneOffset.UTC), new Takeovers(new Node(Clock.systemUTC())));

        assertThat(otherNode.cursor(OWNER, token, session)).isEqualTo(cursor);
        assertThat(otherStore.kept).isEqualTo(store.kept);
        assertThat(otherNode.cursor(OWNER, token, CursorStore.NONE)).isEqualTo(cursor);
    }

    @Test
    void aSessionThatHasLostARecipeGetsItBackWhenTheIterationGoesOn() {
        Cursor cursor = cursor(100_000, 7L);
        tokens.of(OWNER, cursor, session);
        Map<String, String> kept = Map.copyOf(session.kept);
        session.kept.clear();
        tokens.of(OWNER, cursor.at(5, 8L), session);

        assertThat(kept).hasSize(1);
        assertThat(session.kept).isEqualTo(kept);
    }

    @Test
    void anIterationGoesOnWhenTheSecretThatItWasBegunUnderIsWithdrawn() {
        TestOwner both = TestOwner.of("key", "newer", "secret");
        TestOwner newer = TestOwner.of("key", "newer");
        for (int size : new int[] {10, 100_000}) {
            Cursor cursor = cursor(size, 7L);
            String before = tokens.of(OWNER, cursor, session);
            Cursor continued = tokens.cursor(both, before, session);
            String after = tokens.of(both, continued.at(8, 8L), session);

            assertThat(continued).isEqualTo(cursor);
            assertThat(tokens.cursor(newer, after, session)).isEqualTo(cursor.at(8, 8L));
            store.kept.clear();
            assertThat(tokens.cursor(newer, after, session)).isEqualTo(cursor.at(8, 8L));
            assertIncorrect(() -> tokens.cursor(newer, before, session), "not one that this server gave");
        }
    }

    @Test
    void aRecipeThatAnotherNodeHasKeptAnewIsTakenFromTheSessionOnceTheOldOneIsWithdrawn() {
        Tokens other = new Tokens(
                new MapCursorStore(),
                CONFIG,
                Clock.fixed(START, ZoneOffset.UTC),
                new Takeovers(new Node(Clock.systemUTC())));
        TestOwner both = TestOwner.of("key", "newer", "secret");
        Cursor cursor = cursor(100_000, 7L);
        String before = tokens.of(OWNER, cursor, session);
        assertThat(other.cursor(OWNER, before, session)).isEqualTo(cursor);

        String after = tokens.of(both, tokens.cursor(both, before, session).at(8, 8L), session);

        assertThat(other.cursor(TestOwner.of("key", "newer"), after, session)).isEqualTo(cursor.at(8, 8L));
    }

    @Test
    void aLargeHandleOutlivesItsSecretWhileThatIsValid() {
        TestOwner both = TestOwner.of("key", "newer", "secret");
        String handle = tokens.handle(OWNER, "a", Map.of(ID, "a"), Map.of(QUERY, dense(9_000)), session);

        assertThat(tokens.handle(both, handle).get(ID)).isEqualTo("a");
        assertThat(Objects.requireNonNull(tokens.recipe(both, "a", session)).get(QUERY))
                .isEqualTo(dense(9_000));
    }

    @Test
    void aKeptRecipeIsOfOneKind() {
        String token = tokens.of(OWNER, cursor(9_000, null), session);

        assertIncorrect(() -> tokens.recipe(OWNER, "iteration", session), "does not belong here");
        tokens.handle(OWNER, "iteration", Map.of(ID, "a"), Map.of(QUERY, dense(9_000)), session);
        store.kept.clear();
        assertThat(tokens.cursor(OWNER, token, session).id()).isEqualTo("iteration");
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token = tokens.of(OWNER, cursor(10, null), session);
        String handle = tokens.handle(OWNER, Map.of(ID, "a"));
        Tokens onTime = after(Duration.ofMillis(CONFIG.tokenMs()));
        Tokens late = after(Duration.ofMillis(CONFIG.tokenMs() + 1));

        assertThat(onTime.cursor(OWNER, token, session)).isEqualTo(cursor(10, null));
        assertIncorrect(() -> late.cursor(OWNER, token, session), "expired");
        assertIncorrect(() -> late.handle(OWNER, handle), "expired");
    }

    @Test
    void anIterationUnderWayOutlivesItsFirstToken() {
        Cursor cursor = cursor(100_000, 1L);
        tokens.of(OWNER, cursor, session);
        String later = after(Duration.ofMinutes(50)).of(OWNER, cursor.at(5, 2L), session);

        assertThat(after(Duration.ofMinutes(70)).cursor(OWNER, later, session)).isEqualTo(cursor.at(5, 2L));
    }

    @Test
    void anotherOwnersTokenIsRefusedEvenWithTheSameKeys() {
        TestOwner other = new TestOwner("other", OWNER.tokenKeys());
        String token = tokens.of(OWNER, cursor(10, null), session);

        assertIncorrect(() -> tokens.cursor(other, token, session), "does not belong here");
        assertIncorrect(
                () -> tokens.cursor(TestOwner.of("other", "secret"), token, session), "not one that this server gave");
    }

    @Test
    void aHandleComesBackAndIsNoCursor() {
        String handle = tokens.handle(OWNER, Map.of(ID, "a"));
        String token = tokens.of(OWNER, cursor(10, null), session);

        assertThat(tokens.handle(OWNER, handle).get(ID)).isEqualTo("a");
        assertIncorrect(() -> tokens.cursor(OWNER, handle, session), "does not belong here");
        assertIncorrect(() -> tokens.handle(OWNER, token), "does not belong here");
    }

    @Test
    void aKeptRecipeIsNoToken() {
        tokens.of(OWNER, cursor(9_000, null), session);
        String sealed = Objects.requireNonNull(store.kept.get("key iteration"));

        assertIncorrect(() -> tokens.handle(OWNER, sealed), "The :next-token");
    }
}
