package peerserver.chunk;

import java.util.List;

/** Whoever next-tokens are sealed for. */
public interface TokenOwner {

    /** The access key. */
    String name();

    /** The keys that seal this owner's tokens: the first seals, any opens; never empty. */
    List<TokenKey> tokenKeys();
}
