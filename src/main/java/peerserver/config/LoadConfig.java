package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * How much is taken on, so that much asked by some leaves room for others, and the server lives.
 *
 * @param perKey what one access key may take
 * @param perDatabase what one database may take
 * @param heapPercent {@code peerserver.heap.busy-percent}, percent: with more of the heap than that still in use after a
 *     collection, new requests are answered {@code busy}; 90 by default, 100 for no such guard
 * @param refusalsPerSecond {@code peerserver.per-key.refusals-per-second}: how many {@code busy} answers a key can have a
 *     second; beyond that the connections that got them rest before their next request is read; 50 by default
 */
public record LoadConfig(ShareConfig perKey, ShareConfig perDatabase, int heapPercent, int refusalsPerSecond) {

    /** The whole heap. */
    private static final int ALL = 100;

    public LoadConfig {
        Settings.positive("peerserver.heap.busy-percent", heapPercent);
        Settings.positive("peerserver.per-key.refusals-per-second", refusalsPerSecond);
        Settings.atMost("peerserver.heap.busy-percent", heapPercent, ALL);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static LoadConfig from(Config config) {
        return new LoadConfig(
                ShareConfig.perKey(config),
                ShareConfig.perDatabase(config),
                Settings.intOr(config, "peerserver.heap.busy-percent", 90),
                Settings.intOr(config, "peerserver.per-key.refusals-per-second", 50));
    }
}
