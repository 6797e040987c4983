package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentQueue;
import clojure.lang.PersistentVector;
import clojure.lang.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Datom;

/** The laws of a total order, over values of all types, nested and mixed, foreign ones among them. */
class RowOrderPropertyTest {

    private static final String SEED = "20240229";
    private static final int TRIES = 500;

    /** A value with a text that it shares with the values of equal order only. */
    record Sample(@Nullable Object value, String text) {}

    /** Two objects of this class have nothing to be told apart by. */
    private static final class Untellable {
        @Override
        public String toString() {
            throw new UnsupportedOperationException();
        }
    }

    private static final List<Sample> SCALARS = List.of(
            new Sample(null, "nil"),
            new Sample(false, "false"),
            new Sample(1, "1"),
            new Sample(1L, "1"),
            new Sample((byte) 1, "1"),
            new Sample(1L << 32, "2^32"),
            new Sample(1.0, "1.0"),
            new Sample(1f, "1.0"),
            new Sample(0.0, "0.0"),
            new Sample(-0.0, "-0.0"),
            new Sample(Double.NaN, "NaN"),
            new Sample(Float.NaN, "NaN"),
            new Sample(BigInt.ONE, "1N"),
            new Sample(BigInteger.ONE, "1N"),
            new Sample(new BigDecimal("1"), "1M"),
            new Sample(new BigDecimal("1.0"), "1.0M"),
            new Sample("Aa", "'Aa'"),
            new Sample("BB", "'BB'"),
            new Sample('A', "\\A"),
            new Sample(Keyword.intern("Aa"), ":Aa"),
            new Sample(Keyword.intern("BB"), ":BB"),
            new Sample(Symbol.intern("Aa"), "Aa"),
            new Sample(new UUID(1, 1), "uuid 1"),
            new Sample(new UUID(0, 0), "uuid 0"),
            new Sample(URI.create("http://a"), "uri a"),
            new Sample(URI.create("http://A"), "uri A"),
            new Sample(Date.from(Instant.ofEpochMilli(1)), "inst"),
            new Sample(timestamp(), "inst"),
            new Sample(new byte[] {1}, "bytes 1"),
            new Sample(new byte[] {1}, "bytes 1"),
            new Sample(new byte[] {-1}, "bytes -1"),
            new Sample(new Datom(1L, 2L, "v", 3L, true), "datom"),
            new Sample(new Datom(1L, 2L, new byte[] {1}, 3L, true), "datom of bytes"),
            new Sample(Pattern.compile("a"), "/a/"),
            new Sample(Pattern.compile("a"), "/a/"),
            new Sample(Object.class, "class"),
            new Sample(new Untellable(), "untellable"),
            new Sample(new Untellable(), "untellable"));

    private static final List<Function<List<@Nullable Object>, Object>> SEQUENCES = List.of(
            PersistentVector::create,
            PersistentList::create,
            ArrayList::new,
            List::toArray,
            RowOrderPropertyTest::queue,
            items -> items.contains(null) ? new ArrayList<>(items) : new ArrayDeque<>(items));

    private static Timestamp timestamp() {
        Timestamp timestamp = new Timestamp(1);
        timestamp.setNanos(1_000_500);
        return timestamp;
    }

    private static PersistentQueue queue(List<@Nullable Object> items) {
        PersistentQueue queue = PersistentQueue.EMPTY;
        for (Object item : items) {
            queue = queue.cons(item);
        }
        return queue;
    }

    @Provide
    Arbitrary<Sample> samples() {
        return nested(3);
    }

    private static Arbitrary<Sample> nested(int depth) {
        Arbitrary<Sample> scalars = Arbitraries.of(SCALARS);
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<List<Sample>> items = nested(depth - 1).list().ofMaxSize(3);
        Arbitrary<Sample> sequences =
                items.flatMap(list -> Arbitraries.of(SEQUENCES).map(sequence -> sequence(list, sequence)));
        Arbitrary<Sample> maps = items.flatMap(
                keys -> nested(depth - 1).list().ofSize(keys.size()).map(values -> map(keys, values)));
        return Arbitraries.oneOf(scalars, sequences, items.map(RowOrderPropertyTest::set), maps);
    }

    private static Sample sequence(List<Sample> items, Function<List<@Nullable Object>, Object> sequence) {
        return new Sample(sequence.apply(values(items)), texts("[", items, "]"));
    }

    private static Sample set(List<Sample> items) {
        Map<String, Sample> distinct = new TreeMap<>();
        items.forEach(item -> distinct.put(item.text(), item));
        return new Sample(PersistentHashSet.create(values(distinct.values())), texts("#{", distinct.values(), "}"));
    }

    private static Sample map(List<Sample> keys, List<Sample> values) {
        Map<String, Sample> distinct = new TreeMap<>();
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Sample entry =
                    new Sample(null, keys.get(i).text() + "=" + values.get(i).text());
            if (distinct.putIfAbsent(keys.get(i).text(), entry) == null) {
                map.put(keys.get(i).value(), values.get(i).value());
            }
        }
        return new Sample(PersistentArrayMap.create(map), texts("{", distinct.values(), "}"));
    }

    private static List<@Nullable Object> values(Collection<Sample> samples) {
        List<@Nullable Object> values = new ArrayList<>();
        samples.forEach(sample -> values.add(sample.value()));
        return values;
    }

    private static String texts(String open, Collection<Sample> samples, String close) {
        return samples.stream().map(Sample::text).collect(Collectors.joining(" ", open, close));
    }

    private static int sign(Sample left, Sample right) {
        return Integer.signum(RowOrder.INSTANCE.compare(left.value(), right.value()));
    }

    @Property(tries = TRIES, seed = SEED)
    void equalInOrderIsWhatLooksTheSame(@ForAll("samples") Sample one, @ForAll("samples") Sample other) {
        assertThat(sign(one, other) == 0).isEqualTo(one.text().equals(other.text()));
        assertThat(sign(one, one)).isZero();
    }

    @Property(tries = TRIES, seed = SEED)
    void theOrderIsTheSameFromBothSides(@ForAll("samples") Sample one, @ForAll("samples") Sample other) {
        assertThat(sign(one, other)).isEqualTo(-sign(other, one));
    }

    @Property(tries = TRIES, seed = SEED)
    void theOrderIsTransitive(
            @ForAll("samples") Sample one, @ForAll("samples") Sample other, @ForAll("samples") Sample third) {
        List<Sample> sorted = new ArrayList<>(Arrays.asList(one, other, third));
        sorted.sort(RowOrderPropertyTest::sign);
        assertThat(sign(sorted.get(0), sorted.get(1))).isNotPositive();
        assertThat(sign(sorted.get(1), sorted.get(2))).isNotPositive();
        assertThat(sign(sorted.get(0), sorted.get(2))).isNotPositive();
        if (sign(sorted.get(0), sorted.get(1)) < 0 || sign(sorted.get(1), sorted.get(2)) < 0) {
            assertThat(sign(sorted.get(0), sorted.get(2))).isNegative();
        }
    }

    @Property(tries = 20 * TRIES, seed = SEED)
    void thePrefixOfAValueGoesByTheOrderAsFarAsItTells(
            @ForAll("prefixed") @Nullable Object one, @ForAll("prefixed") @Nullable Object other) {
        int byPrefix = Long.compare(RowOrder.prefix(one), RowOrder.prefix(other));
        if (byPrefix != 0) {
            assertThat(Integer.signum(RowOrder.INSTANCE.compare(one, other))).isEqualTo(byPrefix);
        }
    }

    /** Values whose prefixes tell something, near each other and at the ends of what there is. */
    @Provide
    Arbitrary<@Nullable Object> prefixed() {
        Arbitrary<Long> longs = Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-3, 3),
                Arbitraries.longs().between(-3, 3).map(near -> (1L << 57) + near),
                Arbitraries.longs().between(-3, 3).map(near -> -(1L << 57) + near));
        return Arbitraries.<@Nullable Object>oneOf(
                longs,
                longs.map(Date::new),
                Arbitraries.doubles(),
                Arbitraries.longs().map(Double::longBitsToDouble),
                Arbitraries.floats(),
                Arbitraries.strings().ofMaxLength(6),
                Arbitraries.strings().withChars('a', 'b', '\0', '\uffff').ofMaxLength(6),
                samples().map(Sample::value));
    }

    @Property(tries = 100, seed = SEED)
    void rowsComeInOneOrderHoweverTheyWereFound(@ForAll("rows") List<List<Sample>> found, @ForAll Random random) {
        List<List<Sample>> shuffled = new ArrayList<>(found);
        Collections.shuffle(shuffled, random);

        assertThat(ordered(shuffled)).isEqualTo(ordered(found));
    }

    @Provide
    Arbitrary<List<List<Sample>>> rows() {
        return nested(1).list().ofSize(2).list().ofMaxSize(30);
    }

    /** The texts of the rows in the order in which {@link QueryRows} gives them. */
    private static List<String> ordered(List<List<Sample>> found) {
        IdentityHashMap<Object, String> texts = new IdentityHashMap<>();
        found.forEach(row -> texts.put(PersistentVector.create(values(row)), texts("[", row, "]")));
        List<String> ordered = new ArrayList<>();
        new QueryRows(texts.keySet(), row -> row).forEachRemaining(row -> ordered.add(texts.get(row)));
        return ordered;
    }
}
