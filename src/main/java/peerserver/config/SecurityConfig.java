package peerserver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * How requests are authenticated.
 *
 * @param keysFiles {@value #KEYS_FILES}: paths of the files that declare access keys, separated by commas; default
 *     none, and then nobody can sign a request
 * @param signatureWindow {@value #SIGNATURE_WINDOW}: how far a signature's time may lie before or after this server's
 *     clock, in milliseconds; default {@value #DEFAULT_SIGNATURE_WINDOW_MS}
 * @param bodyMaxBytes {@value #BODY_MAX_BYTES}: the longest request body that is read, in bytes; default
 *     {@value #DEFAULT_BODY_MAX_BYTES}
 */
public record SecurityConfig(List<Path> keysFiles, Duration signatureWindow, int bodyMaxBytes) {

    /** Name of the property for {@link #keysFiles}. */
    public static final String KEYS_FILES = "peerserver.keys.files";

    /** Name of the property for {@link #signatureWindow}. */
    public static final String SIGNATURE_WINDOW = "peerserver.signature.window-ms";

    /** Name of the property for {@link #bodyMaxBytes}. */
    public static final String BODY_MAX_BYTES = "peerserver.body.max-bytes";

    static final long DEFAULT_SIGNATURE_WINDOW_MS = 300_000;
    static final int DEFAULT_BODY_MAX_BYTES = 67_108_864;

    public SecurityConfig {
        keysFiles = List.copyOf(keysFiles);
        if (signatureWindow.isNegative() || signatureWindow.isZero()) {
            throw new IllegalArgumentException(SIGNATURE_WINDOW + " must be positive");
        }
        if (bodyMaxBytes <= 0) {
            throw new IllegalArgumentException(BODY_MAX_BYTES + " must be positive");
        }
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException for values that make no sense, naming the property
     */
    public static SecurityConfig from(Config config) {
        return new SecurityConfig(
                config.getOptionalValues(KEYS_FILES, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(path -> !path.isEmpty())
                        .map(Path::of)
                        .toList(),
                Duration.ofMillis(
                        config.getOptionalValue(SIGNATURE_WINDOW, Long.class).orElse(DEFAULT_SIGNATURE_WINDOW_MS)),
                config.getOptionalValue(BODY_MAX_BYTES, Integer.class).orElse(DEFAULT_BODY_MAX_BYTES));
    }
}
