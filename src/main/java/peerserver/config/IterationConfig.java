package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * Limits of what is kept for iterations and speculative values, for each caller. What is not kept is computed again.
 *
 * @param perCaller {@code peerserver.iterations.per-caller}: live iterations kept for a caller; 64 by default
 * @param bytesPerCaller {@code peerserver.iterations.bytes-per-caller}, bytes, estimated: rows kept for the live
 *     iterations of a caller; 268,435,456 by default
 * @param aheadRows {@code peerserver.iterations.ahead-rows}, rows: how many of a live iteration's next chunk are read
 *     before they are asked for; 1,000 by default, 0 for none
 * @param idleMs {@code peerserver.iterations.idle-ms}, milliseconds: how long a live iteration, a speculative value or
 *     a recipe too large for its token is kept unused; 300,000 by default
 * @param recipeBytesPerCaller {@code peerserver.recipes.bytes-per-caller}, bytes: recipes too large for their token that
 *     are kept for a caller; 67,108,864 by default
 * @param tokenMs {@code peerserver.tokens.valid-ms}, milliseconds: how long a next-token can be used; 3,600,000 by
 *     default
 * @param speculativePerCaller {@code peerserver.speculative.per-caller}: values made by {@code with} that are kept for a
 *     caller; 256 by default
 * @param speculativeRecipeBytes {@code peerserver.speculative.recipe-bytes}, bytes: transactions of a value made by {@code
 *     with} that are carried along with its handle, so that it can be made again; 1,048,576 by default
 */
public record IterationConfig(
        int perCaller,
        long bytesPerCaller,
        int aheadRows,
        long idleMs,
        long recipeBytesPerCaller,
        long tokenMs,
        int speculativePerCaller,
        long speculativeRecipeBytes) {

    public IterationConfig {
        Settings.positive("peerserver.iterations.per-caller", perCaller);
        Settings.positive("peerserver.iterations.bytes-per-caller", bytesPerCaller);
        Settings.notNegative("peerserver.iterations.ahead-rows", aheadRows);
        Settings.positive("peerserver.iterations.idle-ms", idleMs);
        Settings.positive("peerserver.recipes.bytes-per-caller", recipeBytesPerCaller);
        Settings.positive("peerserver.tokens.valid-ms", tokenMs);
        Settings.positive("peerserver.speculative.per-caller", speculativePerCaller);
        Settings.positive("peerserver.speculative.recipe-bytes", speculativeRecipeBytes);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static IterationConfig from(Config config) {
        return new IterationConfig(
                Settings.intOr(config, "peerserver.iterations.per-caller", 64),
                Settings.longOr(config, "peerserver.iterations.bytes-per-caller", 268_435_456),
                Settings.intOr(config, "peerserver.iterations.ahead-rows", 1_000),
                Settings.longOr(config, "peerserver.iterations.idle-ms", 300_000),
                Settings.longOr(config, "peerserver.recipes.bytes-per-caller", 67_108_864),
                Settings.longOr(config, "peerserver.tokens.valid-ms", 3_600_000),
                Settings.intOr(config, "peerserver.speculative.per-caller", 256),
                Settings.longOr(config, "peerserver.speculative.recipe-bytes", 1_048_576));
    }
}
