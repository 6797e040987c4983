package peerserver.launch;

import java.util.Locale;
import java.util.Optional;

/** Access keys that the application is given past the command line, by system properties and environment variables. */
final class ConfiguredKeys {

    /** The setting that names keys files. */
    static final String FILES = "peerserver.keys.files";

    private static final String DOCUMENT = "peerserver.keys";

    private ConfiguredKeys() {}

    /** What names keys files, if anything does. */
    static Optional<String> files() {
        return value(FILES);
    }

    /** Whether a setting holds keys itself. */
    static boolean document() {
        return value(DOCUMENT).isPresent();
    }

    private static Optional<String> value(String setting) {
        String variable = setting.replace('.', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getProperty(setting))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
