package peerserver.config;

import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/**
 * How the audit is written.
 *
 * @param format {@code peerserver.audit.format}: {@code text}, {@code json} or {@code off}; {@code text} by default
 */
public record AuditConfig(Format format) {

    private static final String FORMAT = "peerserver.audit.format";

    /** What a line looks like. */
    public enum Format {
        /** {@code name=value}, separated by blanks. */
        TEXT,
        /** A JSON object. */
        JSON,
        /** There are no lines. */
        OFF
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static AuditConfig from(Config config) {
        String format = config.getOptionalValue(FORMAT, String.class).orElse("text");
        return new AuditConfig(Arrays.stream(Format.values())
                .filter(candidate -> candidate.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(FORMAT + " must be text, json or off, but is " + format)));
    }
}
