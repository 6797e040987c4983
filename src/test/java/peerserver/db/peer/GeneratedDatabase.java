package peerserver.db.peer;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
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
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A database of entities with values of every type, many of which differ only a little or have the same hash. The
 * entities and their values are always the same; only the order in which the values are added differs.
 */
final class GeneratedDatabase {

    private static final int ENTITIES = 40;
    private static final Map<String, List<Object>> POOLS = pools();

    /** The names of the attributes, which are those of their types. */
    static final List<String> TYPES = List.copyOf(POOLS.keySet());

    private GeneratedDatabase() {}

    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static Map<String, List<Object>> pools() {
        Map<String, List<Object>> pools = new TreeMap<>();
        pools.put("string", List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", "", "I", "i", "ı", "ä", "🦉"));
        pools.put("long", List.of(0L, 1L, -1L, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 17L));
        pools.put("double", List.of(Double.NaN, 0.0, -0.0, 1.0, 1.5, Double.NEGATIVE_INFINITY));
        pools.put("float", List.of(1f, 0.1f, -0f));
        pools.put("bigint", List.of(BigInt.ONE, BigInt.fromBigInteger(BigInteger.TWO.pow(70)), BigInt.fromLong(17)));
        pools.put("bigdec", List.of(new BigDecimal("1"), new BigDecimal("1.0"), new BigDecimal("1.00")));
        pools.put("keyword", List.of(Keyword.intern("Aa"), Keyword.intern("BB"), Keyword.intern("Aa", "BB")));
        pools.put("symbol", List.of(Symbol.intern("Aa"), Symbol.intern("BB"), Symbol.intern("BB", "Aa")));
        pools.put("uuid", List.of(new UUID(1, 1), new UUID(-1, -1), new UUID(0, 0), new UUID(2, 2)));
        pools.put("uri", List.of(URI.create("http://Aa"), URI.create("urn:BB"), URI.create("/%41a")));
        pools.put("instant", List.of(Date.from(Instant.EPOCH), Date.from(Instant.parse("1969-07-20T20:17:40Z"))));
        pools.put("boolean", List.of(true, false));
        pools.put("bytes", List.of(new byte[] {}, new byte[] {-1}, new byte[] {1, 2}, new byte[] {1, 3}));
        pools.put("tuple", List.of(tuple(1L, "Aa"), tuple(1L, "BB"), tuple(null, "Aa"), tuple(1L, null)));
        return pools;
    }

    private static Object tuple(@Nullable Object one, @Nullable Object other) {
        return PersistentVector.create(Arrays.asList(one, other));
    }

    /** The values that an attribute can have. */
    static List<Object> pool(String type) {
        return Objects.requireNonNull(POOLS.get(type));
    }

    /** The database, its values added in an order of that number. */
    static TestDatabase create(long orderOfInsertion) {
        List<String> attributes = new ArrayList<>();
        for (String type : TYPES) {
            String more = type.equals("tuple") ? " :db/tupleTypes [:db.type/long :db.type/string]" : "";
            attributes.add(":g/" + type + " " + type + " :db/cardinality :db.cardinality/many" + more);
        }
        attributes.add(":g/ref ref :db/cardinality :db.cardinality/many");
        attributes.add(":g/id long :db/unique :db.unique/identity");
        TestDatabase database = new TestDatabase(TestDatabase.schema(attributes.toArray(String[]::new)));
        List<Object> entities = new ArrayList<>();
        for (long id = 0; id < ENTITIES; id++) {
            entities.add(Map.of(Keyword.intern("g", "id"), id));
        }
        database.transact(entities);
        List<Object> values = values();
        Collections.shuffle(values, new Random(orderOfInsertion));
        database.transact(values);
        return database;
    }

    private static List<Object> values() {
        Random random = new Random(7);
        List<Object> values = new ArrayList<>();
        for (long id = 0; id < ENTITIES; id++) {
            for (String type : TYPES) {
                if (random.nextInt(3) > 0) {
                    List<Object> pool = pool(type);
                    values.add(add(id, type, pool.get(random.nextInt(pool.size()))));
                }
            }
            values.add(add(id, "ref", entity(random.nextInt(ENTITIES))));
        }
        return values;
    }

    private static Object add(long id, String attribute, Object value) {
        return List.of(Keyword.intern("db", "add"), entity(id), Keyword.intern("g", attribute), value);
    }

    private static Object entity(long id) {
        return List.of(Keyword.intern("g", "id"), id);
    }
}
