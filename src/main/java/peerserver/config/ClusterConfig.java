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
 */
public record ClusterConfig(boolean shared, int sessionRecipes, long sessionBytes) {

    /** Name of the property for {@link #shared}. */
    public static final String CLUSTER = "peerserver.cluster";

    public ClusterConfig {
        Settings.positive("peerserver.session.recipes", sessionRecipes);
        Settings.positive("peerserver.session.bytes", sessionBytes);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static ClusterConfig from(Config config) {
        return new ClusterConfig(
                config.getOptionalValue(CLUSTER, Boolean.class).orElse(false),
                Settings.intOr(config, "peerserver.session.recipes", 16),
                Settings.longOr(config, "peerserver.session.bytes", 2_097_152));
    }
}
