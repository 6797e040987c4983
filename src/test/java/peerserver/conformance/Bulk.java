package peerserver.conformance;

import clojure.lang.RT;
import java.util.stream.LongStream;

/** Transaction data in quantity. */
final class Bulk {

    private Bulk() {}

    /** One new entity for each number from {@code from} up to and without {@code to}. */
    static Object numbers(String attribute, long from, long to) {
        return RT.vector(LongStream.range(from, to)
                .mapToObj(n -> Clj.mapOf(attribute, n))
                .toArray());
    }

    /** The numbers from 0 up to and without {@code end}. */
    static Object range(long end) {
        return RT.vector(LongStream.range(0, end).boxed().toArray());
    }
}
