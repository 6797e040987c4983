package peerserver.conformance;

/** What an engine does differently from the others, as the README documents it. */
public enum TestedEngine {
    PEER_LIBRARY("peer"),
    DATOMIC_LOCAL("local");

    private final String label;

    TestedEngine(String label) {
        this.label = label;
    }

    /** What operators are told. */
    String label() {
        return label;
    }

    /** Attributes as this engine installs them: Datomic Local indexes every one, and knows no {@code :db/index}. */
    String schema(String attributes) {
        return this == DATOMIC_LOCAL ? attributes.replace(":db/index true", "") : attributes;
    }

    /** Whether its attributes can hold values of that type; Datomic Local has no bytes. */
    boolean holds(String type) {
        return this == PEER_LIBRARY || !type.equals("bytes");
    }

    /** The category of what a query calls and is not there. */
    String missing() {
        return this == PEER_LIBRARY ? "incorrect" : "not-found";
    }

    /**
     * A query of an attribute with thousands of numbers that takes longer than a test waits. The peer library gives up on
     * one that would take for ever; Datomic Local goes on, and its other queries wait, so that here it takes a second.
     */
    String slowQuery(String attribute) {
        return (this == PEER_LIBRARY
                        ? "[:find (count ?a) :where [_ :NUMBER ?a] [_ :NUMBER ?b] [_ :NUMBER ?c] [(< ?a ?b)] [(< ?b ?c)]]"
                        : "[:find (count ?a) :where [_ :NUMBER ?a] [(< ?a 20)] [_ :NUMBER ?b] [(< ?b ?a)]]")
                .replace("NUMBER", attribute);
    }
}
