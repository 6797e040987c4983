package peerserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * Where access keys are declared.
 *
 * @param files {@value #FILES}: paths of the files that declare access keys, separated by commas; of a directory, every
 *     {@code *.json} in it; default none
 * @param pollMs {@code peerserver.keys.poll-ms}, milliseconds: the time within which a change of the keys takes effect;
 *     5,000 by default
 * @param property finds the value that a property of the configuration has at the moment
 */
public record KeysConfig(List<Path> files, long pollMs, Function<String, Optional<String>> property) {

    /** Name of the property for {@link #files}. */
    public static final String FILES = "peerserver.keys.files";

    /** Name of the property whose value declares access keys, as a keys file does. */
    public static final String DOCUMENT = "peerserver.keys";

    public KeysConfig {
        files = List.copyOf(files);
        Settings.positive("peerserver.keys.poll-ms", pollMs);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static KeysConfig from(Config config) {
        return new KeysConfig(
                config.getOptionalValues(FILES, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(path -> !path.isEmpty())
                        .map(Path::of)
                        .toList(),
                Settings.longOr(config, "peerserver.keys.poll-ms", 5_000),
                name -> config.getOptionalValue(name, String.class));
    }

    /** The document that is a property itself, as it is at the moment. */
    public Optional<String> document() {
        return property.apply(DOCUMENT);
    }
}
