package peerserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Util;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import peerserver.wire.Keys;
import peerserver.wire.WireCodec;

/** As many keys as may be that are made to have one hash code among them: the time to read them grows with their square. */
@Timeout(60)
class CollidingKeysTest {

    private static final int PAIRS = 6;
    private static final int KEYS = 1 << PAIRS;

    static final List<WireCodec> CODECS = Input.CODECS;

    private static final ServedInMemory SERVED = new ServedInMemory();

    @AfterAll
    static void close() {
        SERVED.close();
    }

    /** Texts of {@code Aa} and {@code BB}, which Java cannot tell apart by their hash codes. */
    private static List<Object> texts() {
        List<Object> texts = new ArrayList<>();
        for (int number = 0; number < KEYS; number++) {
            StringBuilder text = new StringBuilder();
            for (int pair = 0; pair < PAIRS; pair++) {
                text.append((number >> pair & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** Numbers of any low half, each with the high half that takes Clojure's hash code back to the same. */
    private static List<Object> numbers() {
        List<Object> numbers = new ArrayList<>();
        for (int low = 1; low <= KEYS; low++) {
            // What the low half changes, the high half changes back.
            int mixed = mixed(0, scrambled(low)) ^ mixed(0, 0);
            numbers.add((long) unscrambled(mixed) << 32 | low);
        }
        return numbers;
    }

    /** Murmur3's step for half a number, and back. */
    private static int scrambled(int half) {
        return Integer.rotateLeft(half * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int unscrambled(int scrambled) {
        return Integer.rotateRight(scrambled * inverse(0x1b873593), 15) * inverse(0xcc9e2d51);
    }

    private static int mixed(int hash, int scrambled) {
        return Integer.rotateLeft(hash ^ scrambled, 13) * 5 + 0xe6546b64;
    }

    /** The number that a multiplication with is undone by, by Newton's method. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 4; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    private static Object read(WireCodec codec, Object value) {
        return codec.decode(codec.encode(value));
    }

    private static IPersistentMap map(List<Object> keys) {
        Map<Object, Object> map = new HashMap<>();
        keys.forEach(key -> map.put(key, 1L));
        return PersistentHashMap.create(map);
    }

    private static void assertCollide(List<Object> keys) {
        assertThat(keys).doesNotHaveDuplicates().extracting(Util::hasheq).containsOnly(Util.hasheq(keys.get(0)));
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void mapsAndSetsOfThemAreReadAndCounted(WireCodec codec) {
        for (List<Object> keys : List.of(texts(), numbers())) {
            assertCollide(keys);
            Map<Object, Object> request = new HashMap<>(Corpus.request(
                    "{:op :q :query [:find ?m ?s :in $ ?map ?set :where [(count ?map) ?m] [(count ?set) ?s]]}"));
            request.put(
                    Keys.ARGS,
                    PersistentVector.create(
                            RT.map(Keys.DATABASE_ID, "hello-id"), map(keys), PersistentHashSet.create(keys)));

            Object rows =
                    Objects.requireNonNull(SERVED.answer(read(codec, request)).get(Keys.DATA));
            assertThat(read(codec, rows)).isEqualTo(List.of(List.of((long) KEYS, (long) KEYS)));
        }
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void requestsAndTransactionsWithThemAreAnswered(WireCodec codec) {
        List<Object> data = new ArrayList<>();
        texts().forEach(text -> data.add(RT.map(Keyword.intern("db", "id"), text, Keyword.intern("db", "doc"), text)));
        Map<Object, Object> request = new HashMap<>(Corpus.request("{:op :transact :db-name 'scratch'}"));
        request.put(Keys.TX_ID, codec.mediaType());
        request.put(Keys.TX_DATA, PersistentVector.create(data));
        request.put(Keyword.intern("more"), map(numbers()));

        Map<?, ?> first = SERVED.answer(read(codec, request));
        Map<?, ?> again = SERVED.answer(read(codec, request));

        assertThat((Map<?, ?>) first.get(Keys.TEMPIDS)).hasSizeGreaterThanOrEqualTo(KEYS);
        assertThat(again.get(Keys.DB_AFTER)).isEqualTo(first.get(Keys.DB_AFTER));
        codec.encode(again);
    }
}
