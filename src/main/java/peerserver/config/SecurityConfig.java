package peerserver.config;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How requests are authenticated.
 *
 * @param signatureWindow {@value #SIGNATURE_WINDOW}: how far a signature's time may lie before or after this server's
 *     clock, in milliseconds; default {@value #DEFAULT_SIGNATURE_WINDOW_MS}
 * @param bodyMaxBytes {@value #BODY_MAX_BYTES}: the longest request body that is read, in bytes; default
 *     {@value #DEFAULT_BODY_MAX_BYTES}
 * @param bodyTimeout {@value #BODY_TIMEOUT}: how long a request body may take to come, in milliseconds; default
 *     {@value #DEFAULT_BODY_TIMEOUT_MS}
 * @param bodyDispatch {@value #BODY_DISPATCH}: how long the container may take to go on with a request whose body has come,
 *     in milliseconds; default {@value #DEFAULT_BODY_DISPATCH_MS}
 * @param bodiesMaxBytes {@value #BODIES_MAX_BYTES}: how much of request bodies that are on their way is kept, for all
 *     requests together, in bytes; default {@value #DEFAULT_BODIES_MAX_BYTES}
 * @param bodiesAtOnce {@value #BODIES_AT_ONCE}: how many request bodies may be on their way, each of which has a thread
 *     that reads it; default {@value #DEFAULT_BODIES_AT_ONCE}
 * @param bodiesPerAddress {@value #BODIES_PER_ADDRESS}: how many of those may come from one address; default
 *     {@value #DEFAULT_BODIES_PER_ADDRESS}
 * @param metricsOpen {@value #METRICS_OPEN}: whether the container's {@code /metrics} are for everybody; by default they
 *     are for whoever signs
 */
public record SecurityConfig(
        Duration signatureWindow,
        int bodyMaxBytes,
        Duration bodyTimeout,
        Duration bodyDispatch,
        long bodiesMaxBytes,
        int bodiesAtOnce,
        int bodiesPerAddress,
        boolean metricsOpen) {

    /** Name of the property for {@link #signatureWindow}. */
    public static final String SIGNATURE_WINDOW = "peerserver.signature.window-ms";

    /** Name of the property for {@link #bodyMaxBytes}. */
    public static final String BODY_MAX_BYTES = "peerserver.body.max-bytes";

    /** Name of the property for {@link #bodyTimeout}. */
    public static final String BODY_TIMEOUT = "peerserver.body.timeout-ms";

    /** Name of the property for {@link #bodyDispatch}. */
    public static final String BODY_DISPATCH = "peerserver.body.dispatch-ms";

    /** Name of the property for {@link #bodiesMaxBytes}. */
    public static final String BODIES_MAX_BYTES = "peerserver.bodies.max-bytes";

    /** Name of the property for {@link #bodiesAtOnce}. */
    public static final String BODIES_AT_ONCE = "peerserver.bodies.at-once";

    /** Name of the property for {@link #bodiesPerAddress}. */
    public static final String BODIES_PER_ADDRESS = "peerserver.bodies.per-address";

    /** Name of the property for {@link #metricsOpen}. */
    public static final String METRICS_OPEN = "peerserver.metrics.open";

    static final long DEFAULT_SIGNATURE_WINDOW_MS = 300_000;
    static final int DEFAULT_BODY_MAX_BYTES = 67_108_864;
    static final long DEFAULT_BODY_TIMEOUT_MS = 60_000;
    static final long DEFAULT_BODY_DISPATCH_MS = 5_000;
    static final long DEFAULT_BODIES_MAX_BYTES = 268_435_456;
    static final int DEFAULT_BODIES_AT_ONCE = 256;
    static final int DEFAULT_BODIES_PER_ADDRESS = 64;

    public SecurityConfig {
        Settings.positive(SIGNATURE_WINDOW, signatureWindow.toMillis());
        Settings.positive(BODY_MAX_BYTES, bodyMaxBytes);
        Settings.positive(BODY_TIMEOUT, bodyTimeout.toMillis());
        Settings.positive(BODY_DISPATCH, bodyDispatch.toMillis());
        if (bodiesMaxBytes < bodyMaxBytes) {
            throw new IllegalArgumentException(BODIES_MAX_BYTES + " must not be less than " + BODY_MAX_BYTES);
        }
        Settings.positive(BODIES_AT_ONCE, bodiesAtOnce);
        Settings.positive(BODIES_PER_ADDRESS, bodiesPerAddress);
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException for values that make no sense, naming the property
     */
    public static SecurityConfig from(Config config) {
        return new SecurityConfig(
                Duration.ofMillis(Settings.longOr(config, SIGNATURE_WINDOW, DEFAULT_SIGNATURE_WINDOW_MS)),
                Settings.intOr(config, BODY_MAX_BYTES, DEFAULT_BODY_MAX_BYTES),
                Duration.ofMillis(Settings.longOr(config, BODY_TIMEOUT, DEFAULT_BODY_TIMEOUT_MS)),
                Duration.ofMillis(Settings.longOr(config, BODY_DISPATCH, DEFAULT_BODY_DISPATCH_MS)),
                Settings.longOr(config, BODIES_MAX_BYTES, DEFAULT_BODIES_MAX_BYTES),
                Settings.intOr(config, BODIES_AT_ONCE, DEFAULT_BODIES_AT_ONCE),
                Settings.intOr(config, BODIES_PER_ADDRESS, DEFAULT_BODIES_PER_ADDRESS),
                config.getOptionalValue(METRICS_OPEN, Boolean.class).orElse(false));
    }
}
