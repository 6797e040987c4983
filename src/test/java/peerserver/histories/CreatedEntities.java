package peerserver.histories;

import java.util.Set;

/**
 * The entities that a database has at the end.
 *
 * @param identified every entity with an identity
 * @param own every entity of its own, by its tag
 */
record CreatedEntities(Set<Identified> identified, Set<Own> own) {

    CreatedEntities {
        identified = Set.copyOf(identified);
        own = Set.copyOf(own);
    }

    /** An entity, its identity, and one of the tags that it got. */
    record Identified(long entity, String identity, String tag) {}

    /** An entity and its tag. */
    record Own(long entity, String tag) {}
}
