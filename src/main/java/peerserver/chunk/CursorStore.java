package peerserver.chunk;

import org.jspecify.annotations.Nullable;

/** Where recipes are kept that are too large for a token, sealed. */
public interface CursorStore {

    /** Keeps a sealed recipe under an id. */
    void keep(TokenOwner owner, String id, String sealed);

    /** The sealed recipe kept under that id, or null when it is no longer kept. */
    @Nullable String find(TokenOwner owner, String id);
}
