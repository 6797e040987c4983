package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * How this node leaves.
 *
 * @param graceMs {@value #GRACE}, milliseconds: how long it says that it is not ready and serves everybody nevertheless, so
 *     that proxies notice; 0 by default
 * @param finishMs {@value #FINISH}, milliseconds: how long requests that are under way then may take to come to their end;
 *     10000 by default
 */
public record DrainConfig(long graceMs, long finishMs) {

    /** Name of the property for {@link #graceMs}. */
    public static final String GRACE = "peerserver.drain.grace-ms";

    /** Name of the property for {@link #finishMs}. */
    public static final String FINISH = "peerserver.drain.finish-ms";

    public DrainConfig {
        Settings.notNegative(GRACE, graceMs);
        Settings.notNegative(FINISH, finishMs);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static DrainConfig from(Config config) {
        return new DrainConfig(Settings.longOr(config, GRACE, 0), Settings.longOr(config, FINISH, 10_000));
    }
}
