package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * What one of several, a key or a database, may take of the server, so that there is something left for the others.
 *
 * @param atOnce {@code ….at-once}: requests worked on at once
 * @param waiting {@code ….waiting}: requests that may wait beyond those; more are answered {@code busy}
 * @param perSecond {@code ….per-second}: requests a second, as many of them in one moment; 0 for no limit, which is the
 *     default; more are answered {@code busy}
 */
public record ShareConfig(int atOnce, int waiting, int perSecond) {

    /** What one access key may take: {@code peerserver.per-key}; 12 at once and 500 waiting by default. */
    public static ShareConfig perKey(Config config) {
        return from(config, "peerserver.per-key", 12, 500);
    }

    /** What one database may take: {@code peerserver.per-database}; 16 at once, which is all, and 500 waiting by default. */
    public static ShareConfig perDatabase(Config config) {
        return from(config, "peerserver.per-database", 16, 500);
    }

    private static ShareConfig from(Config config, String prefix, int atOnce, int waiting) {
        ShareConfig share = new ShareConfig(
                Settings.intOr(config, prefix + ".at-once", atOnce),
                Settings.intOr(config, prefix + ".waiting", waiting),
                Settings.intOr(config, prefix + ".per-second", 0));
        Settings.positive(prefix + ".at-once", share.atOnce);
        Settings.notNegative(prefix + ".waiting", share.waiting);
        Settings.notNegative(prefix + ".per-second", share.perSecond);
        return share;
    }
}
