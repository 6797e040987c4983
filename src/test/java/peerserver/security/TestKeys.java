package peerserver.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peerserver.config.KeysConfig;

/** Access keys out of JSON written for a test. */
final class TestKeys {

    private TestKeys() {}

    /** A keys file of that content. */
    static Path file(Path directory, String json) {
        try {
            return Files.writeString(Files.createTempFile(directory, "keys", ".json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of some files. */
    static AccessKeys of(Clock clock, Path... files) {
        return of(clock, Map.of(), files);
    }

    /** The keys of some files, or directories of them, and of properties, which may change. */
    static AccessKeys of(Clock clock, Map<String, String> properties, Path... files) {
        KeysConfig config = new KeysConfig(List.of(files), 5_000, name -> Optional.ofNullable(properties.get(name)));
        return new AccessKeys(config, clock, Thread::new);
    }
}
