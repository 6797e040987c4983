package peerserver.db;

/** What an engine can do beyond what every engine can; handlers ask instead of guessing. */
public enum Capability {
    /** Readings of indexes resume by seeking a datom, not by counting rows. */
    SEEK,
    /** A speculative value can be made again from the value at a t and the transactions. */
    REBASE_WITH,
    /** Several processes can hold the same database at once. */
    SEVERAL_PROCESSES
}
