package peerserver.op;

import org.jspecify.annotations.Nullable;
import peerserver.chunk.TokenOwner;

/** Where outcomes of transactions are kept for those who ask for them again. */
interface OutcomeStore {

    /** Keeps an outcome under an id; an outcome that there is no room for is not kept. */
    void keep(TokenOwner owner, String id, Outcome outcome);

    /** The outcome kept under that id, or null when there is none, or none any more. */
    @Nullable Outcome find(TokenOwner owner, String id);
}
