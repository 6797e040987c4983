package peerserver.conformance;

import peerserver.launch.ServerLogs;

/**
 * An access key and the secret that it was given with.
 *
 * @param trustedCode whether its code is trusted
 */
public record AccessKey(String key, String secret, boolean trustedCode) {

    public AccessKey {
        ServerLogs.secret(secret);
    }

    /** A key whose code is confined. */
    public AccessKey(String key, String secret) {
        this(key, secret, false);
    }

    /** A key whose code is trusted. */
    public static AccessKey trusted(String key, String secret) {
        return new AccessKey(key, secret, true);
    }

    /** Its entry of a keys file: it may do everything. */
    public String json() {
        return """
                {"key": "%s",
                 "secrets": [{"secret": "%s"}],
                 "grants": [{"databases": ["*"], "allow": ["read", "write", "admin"]}],
                 "code": "%s"}""".formatted(key, secret, trustedCode ? "trusted" : "confined");
    }
}
