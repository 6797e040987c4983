package peerserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories with all that is in them, for tests. */
public final class Directories {

    private Directories() {}

    /** Copies what is in a directory into another one, which is made if need be. */
    public static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (Path file : within(from)) {
                if (!file.equals(from)) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory and what is in it. */
    public static void delete(Path directory) {
        try {
            for (Path file :
                    within(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> within(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }
}
