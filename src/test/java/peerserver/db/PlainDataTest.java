package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.java.api.Clojure;
import clojure.lang.ISeq;
import clojure.lang.Keyword;
import clojure.lang.LazySeq;
import clojure.lang.Numbers;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Symbol;
import datomic.Connection;
import datomic.Datom;
import datomic.Peer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlainDataTest {

    private static final String LEFT_OUT = PlainData.LEFT_OUT;

    @Test
    void dataAreCopiedAsTheyAre() {
        Object data = RT.map(
                Keyword.intern("a"),
                RT.vector(1L, 2.5, new BigDecimal("1.50"), 'c', "text", null, true),
                "b",
                RT.set(Symbol.intern("?x"), Numbers.divide(1L, 3L)),
                Arrays.asList(1L, null),
                RT.list(1L, RT.map("deep", RT.vector())));

        assertThat(new PlainData().of(data)).isEqualTo(data);
        assertThat(new PlainData().of(RT.list(1L))).isInstanceOf(ISeq.class);
        assertThat(new PlainData().of(RT.set(1L))).isInstanceOf(PersistentHashSet.class);
        assertThat(new PlainData().of(null)).isNull();
    }

    @Test
    void aLargeMapIsWholeAndAHugeOneIsLeftOut() {
        Map<Object, Object> large = numbers(40_000);
        PlainData copies = new PlainData();

        assertThat(copies.of(large)).isEqualTo(large);
        assertThat(copies.of(numbers(60_000))).isEqualTo(LEFT_OUT);
        assertThat(copies.of("what comes after it")).isEqualTo("what comes after it");
    }

    private static Map<Object, Object> numbers(long count) {
        Map<Object, Object> map = new HashMap<>();
        for (long i = 0; i < count; i++) {
            map.put("x" + i, i);
        }
        return map;
    }

    @Test
    void whatHasNoEndOrFailsIsLeftOut() {
        Object endless = Clojure.var("clojure.core", "range").invoke();
        LazySeq failing =
                (LazySeq) Clojure.var("clojure.core", "map").invoke(Clojure.var("clojure.core", "inc"), RT.vector("a"));
        Object deep = PersistentVector.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            deep = RT.vector(deep);
        }

        for (Object value : List.of(endless, failing, deep)) {
            assertThat(new PlainData().of(RT.vector(value))).isEqualTo(LEFT_OUT);
        }
    }

    @Test
    void datomsAreDatomsAndDatabasesTheNameOfTheirClass() {
        String uri = "datomic:mem://" + UUID.randomUUID();
        Peer.createDatabase(uri);
        Connection connection = Peer.connect(uri);
        Datom datom =
                connection.db().datoms(datomic.Database.EAVT, 10L).iterator().next();

        assertThat(new PlainData().of(List.of(datom)))
                .isEqualTo(PersistentVector.create(
                        new peerserver.wire.Datom(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added())));
        assertThat(new PlainData().of(connection.db()))
                .isEqualTo(connection.db().getClass().getName());
        assertThat(new PlainData().of(connection)).asString().startsWith("datomic.");
    }

    @Test
    void keysThatCallersChooseToHashAlikeTakeNoLonger() {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            items.add(RT.vector(alike(i)));
        }
        assertThat(items).extracting(Object::hashCode).containsOnly(items.get(0).hashCode());

        assertThat(new PlainData().of(PersistentHashSet.create(items))).isEqualTo(PersistentHashSet.create(items));
    }

    /** One of 32,768 texts whose hash in Java is the same. */
    private static String alike(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }
}
