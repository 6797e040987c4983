package peerserver.histories;

/**
 * A call that was to create two entities in one transaction: one with an identity that others may give, too, and one of
 * its own.
 *
 * @param tag of the transaction, which both entities get; a call that sends it again has the same tag
 * @param identity the value of a unique attribute
 * @param outcome what the caller knows
 * @param identified the entity that the tempid of the one with the identity came to name, if it was made
 * @param own the entity that the other tempid came to name
 */
record Creation(String tag, String identity, Outcome outcome, long identified, long own) {}
