package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * What is remembered of transactions, for each caller, so that one that is sent again under its {@code :tx-id} is made
 * once.
 *
 * @param windowMs {@code peerserver.tx-ids.window-ms}, milliseconds: how long the outcome of a transaction is remembered;
 *     660,000 by default. A signed request can be sent again for twice {@code peerserver.signature.window-ms}, 600,000 by
 *     default, when its date was as far ahead as allowed; the rest is for the request's own way
 * @param perCaller {@code peerserver.tx-ids.per-caller}: outcomes remembered for a caller; 100,000 by default
 * @param bytesPerCaller {@code peerserver.tx-ids.bytes-per-caller}, bytes, estimated: outcomes remembered for a caller;
 *     67,108,864 by default
 */
public record TransactionConfig(long windowMs, int perCaller, long bytesPerCaller) {

    public TransactionConfig {
        Settings.positive("peerserver.tx-ids.window-ms", windowMs);
        Settings.positive("peerserver.tx-ids.per-caller", perCaller);
        Settings.positive("peerserver.tx-ids.bytes-per-caller", bytesPerCaller);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static TransactionConfig from(Config config) {
        return new TransactionConfig(
                Settings.longOr(config, "peerserver.tx-ids.window-ms", 660_000),
                Settings.intOr(config, "peerserver.tx-ids.per-caller", 100_000),
                Settings.longOr(config, "peerserver.tx-ids.bytes-per-caller", 67_108_864));
    }
}
