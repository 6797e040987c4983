package peerserver.fuzz;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that do not belong where they are put: of every type of the wire, at the ends of every range.
 *
 * <p>Whatever may become a function of a query is harmless: any function can be called there.
 */
final class Junk {

    /** Every kind of value there is. */
    static final List<@Nullable Object> VALUES = values();

    /** Keywords that mean something somewhere, and some that do not. */
    static final List<Keyword> KEYWORDS = Stream.of(
                    "op",
                    "db-name",
                    "database-id",
                    "t",
                    "next-t",
                    "as-of",
                    "since",
                    "history",
                    "history?",
                    "next-token",
                    "chunk",
                    "offset",
                    "limit",
                    "timeout",
                    "tx-data",
                    "tx-id",
                    "query",
                    "args",
                    "selector",
                    "eid",
                    "index",
                    "e",
                    "a",
                    "v",
                    "components",
                    "start",
                    "end",
                    "attrid",
                    "reverse",
                    "io-context",
                    "query-stats",
                    "action",
                    "find",
                    "in",
                    "where",
                    "with",
                    "keys",
                    "strs",
                    "syms",
                    "eavt",
                    "avet",
                    "vaet",
                    "aevt",
                    "log",
                    "q",
                    "pull",
                    "datoms",
                    "next",
                    "dance",
                    "db/id",
                    "db/ident",
                    "db/add",
                    "db/retract",
                    "db/cas",
                    "db/unknown",
                    "item/name",
                    "item/count",
                    "item/none",
                    "db/valueType",
                    "db.type/ref",
                    "as",
                    "default",
                    "upgrade-schema")
            .map(Keyword::intern)
            .toList();

    private Junk() {}

    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>(numbers());
        values.addAll(texts());
        values.addAll(Arrays.asList(
                null,
                true,
                false,
                new Date(0),
                new Date(-62_135_596_800_001L),
                new Date(253_402_300_800_000L),
                new Date(Long.MAX_VALUE),
                new Date(Long.MIN_VALUE),
                new UUID(0, 0),
                URI.create("urn:isbn:0451450523"),
                new byte[0],
                new byte[] {-1, 0, 1},
                'c',
                PersistentVector.EMPTY,
                PersistentHashSet.EMPTY,
                PersistentList.EMPTY,
                RT.map(),
                RT.map("text", 1L),
                RT.map(null, null),
                RT.map(Keyword.intern("database-id"), 5L),
                RT.map(Keyword.intern("database-id"), "nowhere"),
                PersistentVector.create((Object) null),
                PersistentVector.create(Keyword.intern("item/name"), "a"),
                PersistentVector.create(Keyword.intern("item/name"), 5L),
                PersistentHashSet.create(1L, null),
                PersistentList.create(List.of(Symbol.intern("pull"), Symbol.intern("?e"))),
                PersistentVector.create(Collections.nCopies(2_000, 1L))));
        return Collections.unmodifiableList(values);
    }

    private static List<@Nullable Object> numbers() {
        return List.of(
                0L,
                1L,
                -1L,
                1L << 31,
                1L << 42,
                1L << 62,
                13_194_139_533_312L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                0.0,
                -0.0,
                1.5,
                1e300,
                Double.MIN_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                BigInt.fromBigInteger(BigInteger.TWO.pow(63)),
                BigInt.fromBigInteger(BigInteger.TWO.pow(2_000)),
                new BigDecimal("1.10"),
                new BigDecimal("1E+400"),
                new BigDecimal("1E-400"),
                new BigDecimal("1E+999999999"),
                new Ratio(BigInteger.ONE, BigInteger.valueOf(3)));
    }

    private static List<@Nullable Object> texts() {
        return List.of(
                "",
                " ",
                "a",
                "hello",
                "scratch",
                "hello-id",
                "../../etc/passwd",
                "\u0000",
                "\ud800",
                "ä€🦉",
                "x".repeat(5_000),
                "[",
                "[:find",
                "[:find ?n :where [?e :item/name ?n]]",
                "[*]",
                "#=(+ 1 2)",
                "(".repeat(10_000),
                Keyword.intern("item/name"),
                Keyword.intern("item/none"),
                Keyword.intern(null, ""),
                Keyword.intern("a b", "c\"d"),
                Symbol.intern("?e"),
                Symbol.intern("$"),
                Symbol.intern("%"),
                Symbol.intern("_"),
                Symbol.intern("..."),
                Symbol.intern("."),
                Symbol.intern("*"),
                Symbol.intern("pull"),
                Symbol.intern("count"),
                Symbol.intern("no.such", "function"));
    }
}
