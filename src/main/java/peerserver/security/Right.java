package peerserver.security;

/** What a grant allows on a database. */
public enum Right {
    /** Reading, speculative transactions included. */
    READ,
    /** Transacting. */
    WRITE,
    /** Administering the system that holds the database, and draining the node. */
    ADMIN
}
