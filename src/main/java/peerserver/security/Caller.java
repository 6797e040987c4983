package peerserver.security;

import java.util.List;
import peerserver.chunk.TokenKey;
import peerserver.chunk.TokenOwner;

/**
 * Whoever signed a request: the access key, what it may do, and the keys that seal its tokens.
 *
 * @param name the access key
 * @param grants what the key may do
 * @param tokenKeys one for each secret of the key that is valid now; the first seals, any opens; never empty
 * @param trustedCode whether code in its queries and transactions may do anything; otherwise such code is confined
 */
public record Caller(String name, List<Grant> grants, List<TokenKey> tokenKeys, boolean trustedCode)
        implements TokenOwner {

    public Caller {
        grants = List.copyOf(grants);
        tokenKeys = List.copyOf(tokenKeys);
    }

    /** A caller whose code is confined. */
    public Caller(String name, List<Grant> grants, List<TokenKey> tokenKeys) {
        this(name, grants, tokenKeys, false);
    }

    /** Whether some grant gives {@code right} on the database of that name. */
    public boolean may(Right right, String database) {
        return grants.stream().anyMatch(grant -> grant.allows(right, database));
    }
}
