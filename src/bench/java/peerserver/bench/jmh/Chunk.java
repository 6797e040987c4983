package peerserver.bench.jmh;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import peerserver.wire.Datom;
import peerserver.wire.Keys;

/** 1,000 rows of each kind, as they stand in requests and answers. */
public final class Chunk {

    /** How many rows there are. */
    public static final int ROWS = 1_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Keyword TOOL = Keyword.intern("kind/tool");
    private static final long FIRST_ENTITY = 17_592_186_045_418L;

    private Chunk() {}

    /** The answer to a query. */
    static Map<Keyword, Object> ofTuples() {
        return answer(row -> PersistentVector.create(FIRST_ENTITY + row, title(row), price(row), TOOL, made(row)));
    }

    /** The answer to a reading of an index. */
    static Map<Keyword, Object> ofDatoms() {
        return answer(row -> new Datom(FIRST_ENTITY + row, 73L, title(row), 13_194_139_534_313L + row / 10, true));
    }

    /** The request to transact entities. */
    public static Map<Keyword, Object> ofEntities() {
        return Map.of(
                Keys.OP, Keyword.intern("transact"),
                Keys.TX_DATA, vector(Chunk::entity));
    }

    private static Map<Keyword, Object> answer(IntFunction<Object> row) {
        return Map.of(
                Keys.DATA,
                vector(row),
                Keys.CHUNK,
                (long) ROWS,
                Keys.NEXT_OFFSET,
                (long) ROWS,
                Keys.NEXT_TOKEN,
                "v1." + "t".repeat(400));
    }

    private static PersistentVector vector(IntFunction<Object> row) {
        return PersistentVector.create(IntStream.range(0, ROWS).mapToObj(row).toArray());
    }

    private static Object entity(int row) {
        return PersistentArrayMap.createWithCheck(new Object[] {
            Keyword.intern("item/id"), "item-" + row,
            Keyword.intern("item/title"), title(row),
            Keyword.intern("item/price"), price(row),
            Keyword.intern("item/kind"), TOOL,
            Keyword.intern("item/made"), made(row)
        });
    }

    private static String title(int row) {
        return "The title of the item with the number " + row;
    }

    private static double price(int row) {
        return row / 100.0;
    }

    private static Date made(int row) {
        return Date.from(START.plusSeconds(row));
    }
}
