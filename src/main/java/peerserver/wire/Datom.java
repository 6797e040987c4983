package peerserver.wire;

/**
 * A datom, independent of the engine it came from.
 *
 * @param e entity id
 * @param a attribute id
 * @param v value, of any type that a Datomic attribute can hold
 * @param tx transaction entity id
 * @param added true for an assertion, false for a retraction
 */
public record Datom(Object e, Object a, Object v, Object tx, boolean added) {}
