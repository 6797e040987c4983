package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * How databases are held.
 *
 * @param dbValuesKept {@code peerserver.db-values.kept}: recent db values kept for each database, so that a client some
 *     transactions behind still reads an unfiltered value; 256 by default
 * @param reconnectMs {@code peerserver.databases.reconnect-ms}, milliseconds: the pause before a database that could not
 *     be connected is tried again, doubled at each failure up to thirty times as long; 1,000 by default
 */
public record DatabaseConfig(int dbValuesKept, long reconnectMs) {

    public DatabaseConfig {
        Settings.positive("peerserver.db-values.kept", dbValuesKept);
        Settings.positive("peerserver.databases.reconnect-ms", reconnectMs);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static DatabaseConfig from(Config config) {
        return new DatabaseConfig(
                Settings.intOr(config, "peerserver.db-values.kept", 256),
                Settings.longOr(config, "peerserver.databases.reconnect-ms", 1_000));
    }
}
