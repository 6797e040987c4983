package peerserver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import clojure.lang.Keyword;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DbValueRefTest {

    @Test
    void aReferenceComesBackFromItsMap() {
        Map<Keyword, Object> map = Map.of(
                Keys.DB_NAME,
                "orders",
                Keys.DATABASE_ID,
                "orders-id",
                Keys.T,
                1_000L,
                Keys.NEXT_T,
                1_001L,
                Keys.AS_OF,
                Date.from(Instant.ofEpochMilli(5)),
                Keys.SINCE,
                13194139534312L,
                Keys.HISTORY,
                true,
                Keys.NEXT_TOKEN,
                "token");

        DbValueRef ref = DbValueRef.from(map);

        assertThat(ref)
                .isEqualTo(new DbValueRef(
                        "orders",
                        "orders-id",
                        1_000L,
                        1_001L,
                        Date.from(Instant.ofEpochMilli(5)),
                        13194139534312L,
                        true,
                        "token"));
        assertThat(ref.toMap()).isEqualTo(map);
    }

    @Test
    void whatIsNotSetIsNotWritten() {
        Map<Keyword, Object> map = Map.of(Keys.DB_NAME, "orders");

        assertThat(DbValueRef.from(map).toMap()).isEqualTo(map);
    }

    @Test
    void otherKeysAreIgnored() {
        assertThat(DbValueRef.from(Map.of(Keys.DATABASE_ID, "id", Keys.OP, Samples.key("q"), Keys.LIMIT, "x")))
                .isEqualTo(new DbValueRef(null, "id", null, null, null, null, false, null));
    }

    @Test
    void historyHasASecondName() {
        assertThat(DbValueRef.from(Map.of(Samples.key("history?"), true)).history())
                .isTrue();
    }

    @Test
    void aDbIsAMapWithADatabaseId() {
        assertThat(DbValueRef.isDb(Map.of(Keys.DATABASE_ID, "id"))).isTrue();
        assertThat(DbValueRef.isDb(Map.of(Keys.DATABASE_ID, 5L))).isFalse();
        assertThat(DbValueRef.isDb(Map.of(Keys.DB_NAME, "orders"))).isFalse();
        assertThat(DbValueRef.isDb("id")).isFalse();
        assertThat(DbValueRef.isDb(null)).isFalse();
    }

    @Test
    void instantsAreCopied() {
        Date instant = Date.from(Instant.ofEpochMilli(5));
        DbValueRef ref = DbValueRef.from(Map.of(Keys.AS_OF, instant));

        assertThat(ref.asOf()).isEqualTo(instant).isNotSameAs(instant);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(Keys.DB_NAME, 5L),
                arguments(Keys.DATABASE_ID, ""),
                arguments(Keys.DATABASE_ID, 5L),
                arguments(Keys.T, -1L),
                arguments(Keys.T, "1"),
                arguments(Keys.T, 1.0),
                arguments(Keys.NEXT_T, BigInteger.TWO.pow(64)),
                arguments(Keys.AS_OF, -1L),
                arguments(Keys.AS_OF, "2026"),
                arguments(Keys.SINCE, true),
                arguments(Keys.HISTORY, "true"),
                arguments(Keys.NEXT_TOKEN, 5L),
                arguments(Keys.NEXT_TOKEN, "x".repeat(4_097)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongFieldIsNamed(Keyword name, Object value) {
        assertThatThrownBy(() -> DbValueRef.from(Map.of(name, value)))
                .isInstanceOf(AnomalyException.class)
                .hasMessageContaining(name.toString());
    }
}
