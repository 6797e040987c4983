package peerserver.wire;

import clojure.lang.Util;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the keys of a map or set that have the same hash: to find one among them takes as long as there are many. */
final class SameHashes {

    private int keys;
    private @Nullable Map<Integer, Integer> byHash;

    /**
     * Counts a key; small maps and sets are not worth it.
     *
     * @throws AnomalyException {@code incorrect} when there are too many, which is no accident
     */
    void add(@Nullable Object key) {
        if (++keys <= Limits.SAME_HASHES) {
            return;
        }
        if (byHash == null) {
            byHash = new HashMap<>();
        }
        if (byHash.merge(Util.hasheq(key), 1, Integer::sum) > Limits.SAME_HASHES) {
            throw AnomalyException.incorrect(
                    "More than " + Limits.SAME_HASHES + " keys of a map or set have the same hash");
        }
    }
}
