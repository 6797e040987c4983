package peerserver.chunk;

import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;

/**
 * Recipes that are kept in two places: on this node, and in the caller's session, with which they come to another node. What
 * one of them has lost, the other gives back.
 */
final class KeptRecipes {

    private final CursorStore node;

    KeptRecipes(CursorStore node) {
        this.node = node;
    }

    /**
     * Sees to it that a recipe that is kept stays so in both places. One that another key has sealed than the one that seals now
     * is to be kept anew: that key may be withdrawn before the iteration ends.
     *
     * @return whether it is kept
     */
    boolean stays(TokenOwner owner, String id, CursorStore session) {
        String kept = node.find(owner, id);
        if (kept == null || !TokenSeal.isSealedByFirst(owner, kept)) {
            return false;
        }
        if (session.find(owner, id) == null) {
            session.keep(owner, id, kept);
        }
        return true;
    }

    /** Keeps a recipe in both places. */
    void keep(TokenOwner owner, String id, byte[] content, CursorStore session) {
        String sealed = TokenSeal.seal(owner, content);
        node.keep(owner, id, sealed);
        session.keep(owner, id, sealed);
    }

    /** What is kept under that id, opened; null when nothing is. */
    byte @Nullable [] find(TokenOwner owner, String id, CursorStore session) {
        AnomalyException withdrawn = null;
        String atHand = node.find(owner, id);
        if (atHand != null) {
            try {
                return TokenSeal.openKept(owner, atHand);
            } catch (AnomalyException e) {
                // The key that sealed it is gone. Another node may have kept it anew, under the one that came after
                // that.
                withdrawn = e;
            }
        }
        String kept = session.find(owner, id);
        if (kept != null) {
            byte[] opened = TokenSeal.openKept(owner, kept);
            node.keep(owner, id, kept);
            return opened;
        }
        if (withdrawn != null) {
            throw withdrawn;
        }
        return null;
    }
}
