package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * Limits and defaults of a request.
 *
 * @param timeoutMs {@code peerserver.request.timeout-ms}, milliseconds: how long a request may take when it brings no
 *     {@code :timeout}, and the most that it may ask for; 60,000 by default, which is when the client gives up
 * @param basisWaitMs {@code peerserver.basis.wait-ms}, milliseconds: how long a request waits at most for a t that this
 *     node has not seen; 10,000 by default
 * @param defaultLimit {@code peerserver.limit.default}, rows: {@code :limit} of a request that brings none; 1,000 by
 *     default, as the Client API documents
 * @param defaultChunk {@code peerserver.chunk.default}, rows: {@code :chunk} of a request that brings none; 1,000 by
 *     default, as the Client API documents
 * @param maxChunk {@code peerserver.chunk.max}, rows: a larger {@code :chunk} is served in chunks of this size; 100,000
 *     by default
 * @param threads {@code peerserver.workers.threads}: requests worked on at once; 16 by default
 * @param extraThreads {@code peerserver.workers.extra-threads}: how many more there may be, one in place of each that has
 *     been at work for longer than any request may take and cannot be ended; 48 by default, 0 for none
 * @param queue {@code peerserver.workers.queue}: requests that may wait, for a thread or for a t, beyond those worked
 *     on; more are answered {@code busy}; 1,000 by default
 * @param lingerMs {@code peerserver.workers.linger-ms}, milliseconds: how long the container's thread that began a request
 *     waits for what is still to come before it leaves the request to others; 2 by default, 0 for not at all
 * @param maxDepth {@code peerserver.request.max-depth}, levels: collections within collections in a request, tags counting
 *     too; 128 by default and at most, for the readers of published clients go no deeper
 * @param maxRows {@code peerserver.result.max-rows}, rows: how many a query may find, which are in memory all at once;
 *     5,000,000 by default
 * @param maxAnswerBytes {@code peerserver.answer.max-bytes}, bytes: the longest answer; 268,435,456 by default
 */
public record RequestConfig(
        long timeoutMs,
        long basisWaitMs,
        long defaultLimit,
        int defaultChunk,
        int maxChunk,
        int threads,
        int extraThreads,
        int queue,
        long lingerMs,
        int maxDepth,
        long maxRows,
        int maxAnswerBytes) {

    private static final int DEEPEST = 128;

    public RequestConfig {
        Settings.positive("peerserver.request.timeout-ms", timeoutMs);
        Settings.positive("peerserver.basis.wait-ms", basisWaitMs);
        Settings.positive("peerserver.limit.default", defaultLimit);
        Settings.positive("peerserver.chunk.default", defaultChunk);
        Settings.positive("peerserver.chunk.max", maxChunk);
        Settings.positive("peerserver.workers.threads", threads);
        Settings.notNegative("peerserver.workers.extra-threads", extraThreads);
        Settings.positive("peerserver.workers.queue", queue);
        Settings.notNegative("peerserver.workers.linger-ms", lingerMs);
        Settings.positive("peerserver.request.max-depth", maxDepth);
        Settings.atMost("peerserver.request.max-depth", maxDepth, DEEPEST);
        Settings.positive("peerserver.result.max-rows", maxRows);
        Settings.positive("peerserver.answer.max-bytes", maxAnswerBytes);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static RequestConfig from(Config config) {
        return new RequestConfig(
                Settings.longOr(config, "peerserver.request.timeout-ms", 60_000),
                Settings.longOr(config, "peerserver.basis.wait-ms", 10_000),
                Settings.longOr(config, "peerserver.limit.default", 1_000),
                Settings.intOr(config, "peerserver.chunk.default", 1_000),
                Settings.intOr(config, "peerserver.chunk.max", 100_000),
                Settings.intOr(config, "peerserver.workers.threads", 16),
                Settings.intOr(config, "peerserver.workers.extra-threads", 48),
                Settings.intOr(config, "peerserver.workers.queue", 1_000),
                Settings.longOr(config, "peerserver.workers.linger-ms", 2),
                Settings.intOr(config, "peerserver.request.max-depth", DEEPEST),
                Settings.longOr(config, "peerserver.result.max-rows", 5_000_000),
                Settings.intOr(config, "peerserver.answer.max-bytes", 268_435_456));
    }
}
