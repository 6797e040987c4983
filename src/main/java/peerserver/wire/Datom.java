package peerserver.wire;

import clojure.lang.IPersistentVector;
import clojure.lang.LazilyPersistentVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A datom, independent of the engine it came from.
 *
 * @param e entity id
 * @param a attribute id
 * @param v value, of any type that a Datomic attribute can hold
 * @param tx transaction entity id
 * @param added true for an assertion, false for a retraction
 */
public record Datom(Object e, Object a, Object v, Object tx, boolean added) {

    /** The representation on the wire: {@code [e a v tx added]}. */
    IPersistentVector toVector() {
        return LazilyPersistentVector.createOwning(e, a, v, tx, added);
    }

    /**
     * Reads the representation {@code [e a v tx added]}.
     *
     * @throws AnomalyException {@code incorrect} for anything else
     */
    static Datom from(@Nullable Object representation) {
        if (representation instanceof List<?> parts
                && parts.size() == 5
                && !parts.contains(null)
                && parts.get(4) instanceof Boolean added) {
            return new Datom(parts.get(0), parts.get(1), parts.get(2), parts.get(3), added);
        }
        throw AnomalyException.incorrect("Expected a datom as [e a v tx added]");
    }
}
