package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * What this node shares with others.
 *
 * @param shared {@value #CLUSTER}: whether it is one of several that share HTTP sessions and, where the server has one, a data
 *     grid; false by default: then there are no sessions, and nothing is looked for
 * @param sessionRecipes {@code peerserver.session.recipes}: recipes too large for their token that are kept in a session; 16
 *     by default
 * @param sessionBytes {@code peerserver.session.bytes}, bytes: the same; 2,097,152 by default, which are replicated as a whole
 * @param gridTimeoutMs {@code peerserver.grid.timeout-ms}, milliseconds: how long the data grid may take; 2,000 by default
 * @param gridWaitMs {@code peerserver.grid.wait-ms}, milliseconds: how long the outcome of a transaction is waited for that
 *     another node was sent under the same {@code :tx-id}; 15,000 by default, which is longer than the engines take
 */
public record ClusterConfig(
        boolean shared, int sessionRecipes, long sessionBytes, long gridTimeoutMs, long gridWaitMs) {

    /** Name of the property for {@link #shared}. */
    public static final String CLUSTER = "peerserver.cluster";

    public ClusterConfig {
        Settings.positive("peerserver.session.recipes", sessionRecipes);
        Settings.positive("peerserver.session.bytes", sessionBytes);
        Settings.positive("peerserver.grid.timeout-ms", gridTimeoutMs);
        Settings.positive("peerserver.grid.wait-ms", gridWaitMs);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static ClusterConfig from(Config config) {
        return new ClusterConfig(
                config.getOptionalValue(CLUSTER, Boolean.class).orElse(false),
                Settings.intOr(config, "peerserver.session.recipes", 16),
                Settings.longOr(config, "peerserver.session.bytes", 2_097_152),
                Settings.longOr(config, "peerserver.grid.timeout-ms", 2_000),
                Settings.longOr(config, "peerserver.grid.wait-ms", 15_000));
    }
}
