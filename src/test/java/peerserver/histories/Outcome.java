package peerserver.histories;

/** What a caller knows of a transaction when its call has ended. */
enum Outcome {
    /** It was made. */
    MADE,
    /** It was not made, and never will be. */
    REFUSED,
    /** No answer came: it was made, or will be, or never will be. */
    UNKNOWN
}
