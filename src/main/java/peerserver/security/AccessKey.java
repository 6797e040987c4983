package peerserver.security;

import java.time.Instant;
import java.util.List;

/**
 * An access key as a keys file declares it.
 *
 * @param name what callers send
 * @param secrets at least one; the first that is valid seals tokens
 * @param grants what callers may do; empty: nothing
 * @param trustedCode whether code in queries and transactions may do anything
 */
record AccessKey(String name, List<Secret> secrets, List<Grant> grants, boolean trustedCode) {

    AccessKey {
        secrets = List.copyOf(secrets);
        grants = List.copyOf(grants);
    }

    List<Secret> secretsValidAt(Instant time) {
        return secrets.stream().filter(secret -> secret.validAt(time)).toList();
    }
}
