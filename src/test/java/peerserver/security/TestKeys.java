package peerserver.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import peerserver.config.SecurityConfig;

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
        return new AccessKeys(
                new SecurityConfig(List.of(files), Duration.ofMinutes(5), 1000, Duration.ofMinutes(1), 1000), clock);
    }
}
