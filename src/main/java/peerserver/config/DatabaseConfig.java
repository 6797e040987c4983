package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * How databases are held.
 *
 * @param dbValuesKept {@code peerserver.db-values.kept}: recent db values kept for each database, so that a client some
 *     transactions behind still reads an unfiltered value; 256 by default
 * @param reconnectMs {@code peerserver.databases.reconnect-ms}, milliseconds: the pause before a database that could not
 *     be connected is tried again, doubled at each failure up to thirty times as long; 1,000 by default
 * @param pollMs {@code peerserver.databases.poll-ms}, milliseconds: how often the declarations are looked at; 5,000 by
 *     default
 * @param graceMs {@code peerserver.databases.grace-ms}, milliseconds: how long a database that is no longer declared stays
 *     open for iterations that have begun; 30,000 by default
 * @param connectTimeoutMs {@code peerserver.databases.connect-timeout-ms}, milliseconds: how long an attempt to connect
 *     may take before the database is unavailable; 30,000 by default
 * @param localReserveBytes {@code peerserver.local.reserve-bytes}: with less room than that where a database of Datomic
 *     Local is, nothing is transacted; 67,108,864 by default
 * @param localThreads {@code peerserver.local.threads}: threads that work on all databases of Datomic Local; 64 by default
 * @param localThreadsPerDatabase {@code peerserver.local.threads-per-database}: threads that work on one of them; 24 by
 *     default
 * @param localThreadsPerKey {@code peerserver.local.threads-per-key}: threads that work on one of them for one
 *     access key, past their time or not; 12 by default
 */
public record DatabaseConfig(
        int dbValuesKept,
        long reconnectMs,
        long pollMs,
        long graceMs,
        long connectTimeoutMs,
        long localReserveBytes,
        int localThreads,
        int localThreadsPerDatabase,
        int localThreadsPerKey) {

    private static final int LONGEST_PAUSE = 30;

    public DatabaseConfig {
        Settings.positive("peerserver.db-values.kept", dbValuesKept);
        Settings.positive("peerserver.databases.reconnect-ms", reconnectMs);
        Settings.positive("peerserver.databases.poll-ms", pollMs);
        Settings.notNegative("peerserver.databases.grace-ms", graceMs);
        Settings.positive("peerserver.databases.connect-timeout-ms", connectTimeoutMs);
        Settings.notNegative("peerserver.local.reserve-bytes", localReserveBytes);
        Settings.positive("peerserver.local.threads", localThreads);
        Settings.positive("peerserver.local.threads-per-database", localThreadsPerDatabase);
        Settings.positive("peerserver.local.threads-per-key", localThreadsPerKey);
    }

    /** The longest pause before a database that could not be connected is tried again, milliseconds. */
    public long longestPauseMs() {
        return LONGEST_PAUSE * reconnectMs;
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static DatabaseConfig from(Config config) {
        return new DatabaseConfig(
                Settings.intOr(config, "peerserver.db-values.kept", 256),
                Settings.longOr(config, "peerserver.databases.reconnect-ms", 1_000),
                Settings.longOr(config, "peerserver.databases.poll-ms", 5_000),
                Settings.longOr(config, "peerserver.databases.grace-ms", 30_000),
                Settings.longOr(config, "peerserver.databases.connect-timeout-ms", 30_000),
                Settings.longOr(config, "peerserver.local.reserve-bytes", 64L << 20),
                Settings.intOr(config, "peerserver.local.threads", 64),
                Settings.intOr(config, "peerserver.local.threads-per-database", 24),
                Settings.intOr(config, "peerserver.local.threads-per-key", 12));
    }
}
