package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * How this node leaves.
 *
 * @param graceMs {@value #GRACE}, milliseconds: how long it says that it is not ready and serves everybody nevertheless, so
 *     that proxies notice; 0 by default
 * @param finishMs {@value #FINISH}, milliseconds: how long requests that are under way then may take to come to their end;
 *     10000 by default
 * @param onSignal {@value #ON_SIGNAL}: whether it leaves in order when its process is asked to end by SIGTERM or SIGINT; false
 *     by default, since the process may be the container's, with other applications in it; {@code bin/run} does it anyway
 */
public record DrainConfig(long graceMs, long finishMs, boolean onSignal) {

    /** Name of the property for {@link #graceMs}. */
    public static final String GRACE = "peerserver.drain.grace-ms";

    /** Name of the property for {@link #finishMs}. */
    public static final String FINISH = "peerserver.drain.finish-ms";

    /** Name of the property for {@link #onSignal}. */
    public static final String ON_SIGNAL = "peerserver.drain.on-signal";

    public DrainConfig {
        Settings.notNegative(GRACE, graceMs);
        Settings.notNegative(FINISH, finishMs);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static DrainConfig from(Config config) {
        return new DrainConfig(
                Settings.longOr(config, GRACE, 0),
                Settings.longOr(config, FINISH, 10_000),
                config.getOptionalValue(ON_SIGNAL, Boolean.class).orElse(false));
    }
}
