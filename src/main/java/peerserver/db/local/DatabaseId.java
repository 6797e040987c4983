package peerserver.db.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import peerserver.wire.AnomalyException;

/**
 * The id of a database of Datomic Local, which has none of its own. It is made when the database is opened for the first
 * time and kept in a file beside the database's own, so that a copy of the directory keeps it.
 */
final class DatabaseId {

    private static final String FILE = "peer-server-database-id";

    private DatabaseId() {}

    /** The id of the database in that directory, which this process has open. */
    static String in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            return UUID.fromString(Files.readString(file).strip()).toString();
        } catch (NoSuchFileException e) {
            return write(directory, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw AnomalyException.incorrect("Expected a UUID in " + file);
        }
    }

    private static String write(Path directory, Path file) {
        String id = UUID.randomUUID().toString();
        try {
            Path whole = Files.writeString(directory.resolve(FILE + ".new"), id + '\n');
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets the id of a database that is gone: one created in its place is another. */
    static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
