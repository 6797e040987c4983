package peerserver.wire;

import clojure.lang.BigInt;
import clojure.lang.IPersistentVector;
import clojure.lang.Keyword;
import clojure.lang.LazilyPersistentVector;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.RT;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of every type that an attribute, a query or an answer can hold. */
final class Samples {

    private Samples() {}

    /** Values that come back equal from every codec. */
    static Stream<Object> values() {
        return Stream.concat(scalars(), collections());
    }

    private static Stream<Object> scalars() {
        return Stream.of(
                "",
                "text",
                "~^` leading",
                "^ ",
                "~#tag",
                "\"quoted\" \\ \n\t",
                "äöü € 🦉",
                "x".repeat(31),
                "x".repeat(32),
                "x".repeat(300),
                "x".repeat(70_000),
                true,
                false,
                0L,
                -1L,
                (1L << 53) - 1,
                1L << 53,
                -(1L << 53),
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1.5,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                new BigDecimal("1.10"),
                new BigDecimal("-1E+400"),
                Date.from(Instant.ofEpochMilli(0)),
                Date.from(Instant.parse("1969-07-20T20:17:40.123Z")),
                Date.from(Instant.parse("2026-11-22T15:12:17.001Z")),
                new UUID(1, -1),
                UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                URI.create("https://example.org/a?b=c#d"),
                URI.create("urn:isbn:0451450523"),
                key("name"),
                Keyword.intern("some.ns", "name"),
                Symbol.intern("?x"),
                Symbol.intern("$"),
                Symbol.intern("/"),
                Symbol.intern("some.ns", "name"),
                'c',
                '€',
                new Ratio(BigInteger.ONE, BigInteger.valueOf(3)),
                new Datom(1L, 10L, "value", 13194139534312L, true),
                new Datom(1L, 10L, vector(1L, key("tuple")), 13194139534312L, false));
    }

    private static Stream<Object> collections() {
        return Stream.of(
                vector(),
                vector(1L, "tuple", null, key("k"), 1.5),
                vector((Object) null),
                list(),
                list(1L, list(Symbol.intern("f"), vector())),
                PersistentHashSet.create(),
                PersistentHashSet.create(1L, "a", null, vector(1L)),
                RT.map(),
                RT.map(key("a"), 1L, "string-key", null, 5L, key("five"), new UUID(1, 2), "u", null, 0L),
                RT.map(vector(1L, 2L), "composite", list(), "list"),
                RT.map(true, 1L, 2.5, 2L, Date.from(Instant.ofEpochMilli(5)), 3L, Symbol.intern("sym"), 4L),
                query());
    }

    /** A query with everything that queries are made of. */
    static Object query() {
        return RT.map(
                key("find"),
                vector(list(Symbol.intern("pull"), Symbol.intern("?e"), vector(Symbol.intern("*")))),
                key("where"),
                vector(
                        vector(Symbol.intern("?e"), Keyword.intern("a", "b"), PersistentHashSet.create(1L, 2L)),
                        list(
                                Symbol.intern("not-join"),
                                vector(Symbol.intern("?e")),
                                vector(list(Symbol.intern("="), Symbol.intern("?e"), null)))));
    }

    /** Values that come back in another type. */
    @SuppressWarnings("JdkObsolete") // a list without random access
    static Stream<Object[]> converted() {
        return Stream.of(
                new Object[] {1.1f, (double) 1.1f},
                new Object[] {Float.NaN, Double.NaN},
                new Object[] {Float.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY},
                new Object[] {7, 7L},
                new Object[] {(short) -7, -7L},
                new Object[] {(byte) 7, 7L},
                new Object[] {Instant.ofEpochMilli(5), Date.from(Instant.ofEpochMilli(5))},
                new Object[] {Arrays.asList(1L, null), vector(1L, null)},
                new Object[] {new java.util.LinkedList<>(java.util.List.of(1L)), vector(1L)},
                new Object[] {java.util.List.of(1L, 2L), vector(1L, 2L)},
                new Object[] {java.util.Map.of("a", 1L).values(), vector(1L)},
                new Object[] {new Object[] {1L, "a"}, vector(1L, "a")},
                new Object[] {new String[] {"a"}, vector("a")},
                new Object[] {java.util.Set.of(1L), PersistentHashSet.create(1L)},
                new Object[] {java.util.Map.of(1, 2), RT.map(1L, 2L)},
                new Object[] {new java.util.TreeMap<>(java.util.Map.of("k", 1L)), RT.map("k", 1L)},
                new Object[] {
                    new java.util.concurrent.ConcurrentSkipListMap<>(java.util.Map.of("k", 1L)), RT.map("k", 1L)
                },
                new Object[] {java.util.Map.of(java.util.List.of(1), 2), RT.map(vector(1L), 2L)},
                new Object[] {RT.cons(1L, RT.cons(2L, null)), list(1L, 2L)});
    }

    /** Big integers, which codecs give back in different types. */
    static Stream<BigInteger> bigIntegers() {
        return Stream.of(
                BigInteger.ONE, BigInteger.TWO.pow(63), BigInteger.TWO.pow(200).negate());
    }

    static BigInt bigInt(BigInteger value) {
        return BigInt.fromBigInteger(value);
    }

    static Keyword key(String name) {
        return Keyword.intern(null, name);
    }

    static IPersistentVector vector(@Nullable Object... items) {
        return LazilyPersistentVector.createOwning(items);
    }

    static Object list(@Nullable Object... items) {
        return PersistentList.create(Arrays.asList(items));
    }
}
