package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private static final RowOrder ORDER = RowOrder.INSTANCE;

    /** Values all of which differ, however little. */
    private static List<@Nullable Object> scalars() {
        return new ArrayList<>(Arrays.asList(
                null,
                false,
                true,
                Long.MIN_VALUE,
                -1L,
                0L,
                Long.MAX_VALUE,
                Double.NEGATIVE_INFINITY,
                -0.0,
                0.0,
                1.5,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                BigInteger.TWO.pow(70).negate(),
                BigInteger.TWO.pow(70),
                new BigDecimal("1.0"),
                new BigDecimal("1.00"),
                new BigDecimal("1E+400"),
                new Ratio(BigInteger.ONE, BigInteger.valueOf(3)),
                Date.from(Instant.EPOCH),
                Date.from(Instant.parse("1969-07-20T20:17:40Z")),
                new UUID(-1, 1),
                new UUID(1, -1),
                "",
                "a",
                "ä",
                "🦉",
                Keyword.intern("a"),
                Keyword.intern("n", "a"),
                Symbol.intern("a"),
                Symbol.intern("n", "a"),
                URI.create("http://a"),
                URI.create("urn:a"),
                'a',
                'b',
                new byte[0],
                new byte[] {0},
                new byte[] {127},
                new byte[] {-1},
                new byte[] {0, 0}));
    }

    private static List<@Nullable Object> generated(Random random) {
        List<@Nullable Object> values = scalars();
        for (int i = 0; i < 60; i++) {
            Object one = values.get(random.nextInt(values.size()));
            Object other = values.get(random.nextInt(values.size()));
            values.add(
                    switch (i % 4) {
                        case 0 -> PersistentVector.create(Arrays.asList(one, other));
                        case 1 -> PersistentVector.create(Collections.singletonList(one));
                        case 2 -> PersistentHashSet.create(Collections.singletonList(one));
                        default -> RT.map(i, one, "k", other);
                    });
        }
        return values;
    }

    private static int sign(@Nullable Object left, @Nullable Object right) {
        return Integer.signum(ORDER.compare(left, right));
    }

    @Test
    void valuesThatDifferHaveAnOrder() {
        List<@Nullable Object> values = scalars();
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < values.size(); j++) {
                assertThat(sign(values.get(i), values.get(j)) == 0)
                        .as("%s and %s", values.get(i), values.get(j))
                        .isEqualTo(i == j);
            }
        }
    }

    @Test
    void theOrderIsTheSameFromBothSides() {
        List<@Nullable Object> values = generated(new Random(1));
        for (Object left : values) {
            for (Object right : values) {
                assertThat(sign(left, right)).as("%s and %s", left, right).isEqualTo(-sign(right, left));
            }
        }
    }

    @Test
    void theOrderIsTransitive() {
        List<@Nullable Object> values = generated(new Random(2));
        for (Object a : values) {
            for (Object b : values) {
                for (Object c : values) {
                    if (sign(a, b) <= 0 && sign(b, c) <= 0) {
                        assertThat(sign(a, c)).isLessThanOrEqualTo(0);
                    }
                }
            }
        }
    }

    @Test
    void theOrderOfRowsDoesNotDependOnHowTheyWereFound() {
        List<@Nullable Object> values = generated(new Random(3));
        values.sort(ORDER);
        for (int seed = 0; seed < 20; seed++) {
            List<@Nullable Object> shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(ORDER);
            for (int i = 0; i < values.size(); i++) {
                assertThat(sign(shuffled.get(i), values.get(i))).isZero();
            }
        }
    }

    @Test
    void equalValuesAreEqualWhateverHoldsThem() {
        assertThat(sign(List.of(1L, "a"), PersistentVector.create(1L, "a"))).isZero();
        assertThat(sign(RT.map("a", 1L, "b", 2L), RT.map("b", 2L, "a", 1L))).isZero();
        assertThat(sign(PersistentHashSet.create(1L, 2L, 3L), PersistentHashSet.create(3L, 2L, 1L)))
                .isZero();
        assertThat(sign(new byte[] {1, 2}, new byte[] {1, 2})).isZero();
        assertThat(sign(1, 1L)).isZero();
        assertThat(sign(1.5f, 1.5)).isZero();
        assertThat(sign(BigInt.fromBigInteger(BigInteger.TWO), BigInteger.TWO)).isZero();
        assertThat(sign(Double.NaN, Float.NaN)).isZero();
    }

    @Test
    void mapsWithKeysOfEqualOrderAreComparedByTheirValues() {
        Object left = Collections.singletonMap(1, "a");
        Object right = Collections.singletonMap(1L, "b");

        assertThat(sign(left, right)).isNegative();
        assertThat(sign(right, left)).isPositive();
    }

    @Test
    void numbersAndTextHaveTheirNaturalOrder() {
        assertThat(Arrays.asList("b", 10L, "a", 9L, null, -1L).stream()
                        .sorted(ORDER)
                        .map(Objects::toString))
                .containsExactly("null", "-1", "9", "10", "a", "b");
        assertThat(sign(new byte[] {-1}, new byte[] {1})).isPositive();
    }
}
