package peerserver.chunk;

import org.jspecify.annotations.Nullable;

/** Where recipes are kept that are too large for a token, sealed. */
public interface CursorStore {

    /** Keeps nothing: there is no such place. */
    CursorStore NONE = new CursorStore() {
        @Override
        public void keep(TokenOwner owner, String id, String sealed) {}

        @Override
        public @Nullable String find(TokenOwner owner, String id) {
            return null;
        }
    };

    /** Keeps a sealed recipe under an id, in the place of what was kept there. */
    void keep(TokenOwner owner, String id, String sealed);

    /** The sealed recipe kept under that id, or null when it is no longer kept. */
    @Nullable String find(TokenOwner owner, String id);
}
