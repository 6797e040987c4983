package peerserver.op;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number that equal data share and different data hardly ever do. Data that is decoded twice has the same, in whatever
 * order its sets and maps come; the JDK's own hash codes tell one copy of a byte array from another.
 */
final class Fingerprint {

    private Fingerprint() {}

    static long of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            long sum = 1;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += mixed(31 * of(entry.getKey()) + of(entry.getValue()));
            }
            return mixed(sum);
        }
        if (value instanceof Set<?> set) {
            long sum = 2;
            for (Object item : set) {
                sum += of(item);
            }
            return mixed(sum);
        }
        if (value instanceof Collection<?> items) {
            long sum = 3;
            for (Object item : items) {
                sum = 31 * sum + of(item);
            }
            return mixed(sum);
        }
        return mixed(value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value == null ? 0 : value.hashCode());
    }

    /** Spreads what differs in a few bits over all of them, as the generator SplitMix64 does. */
    private static long mixed(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
