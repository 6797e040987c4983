package peerserver.db.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the files of a database reach, as of its last transaction that was acknowledged; kept in a file beside them.
 *
 * <p>Datomic Local (seen: 1.0.291) appends to its files, and opens none that ends within a transaction, which is how a full
 * disk leaves it, or a process that is killed in the midst of a large write. What is beyond the last acknowledged
 * transaction can be cut off, and the database opens again with all that was acknowledged.
 */
final class AcknowledgedLog implements AutoCloseable {

    private static final String FILE = "peer-server-acknowledged";
    private static final List<String> APPENDED = List.of("db.log", "log.idx");
    private static final Pattern WRITTEN = Pattern.compile("(\\d{19}) (\\d{19})\\R");

    private final List<File> files;
    private final RandomAccessFile record;
    private long[] noted = {};

    /** Begins with a database that was opened just now, all of which counts as acknowledged. */
    AcknowledgedLog(Path directory) {
        this.files =
                APPENDED.stream().map(name -> directory.resolve(name).toFile()).toList();
        try {
            record = new RandomAccessFile(directory.resolve(FILE).toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        note();
    }

    private long[] lengths() {
        return files.stream().mapToLong(File::length).toArray();
    }

    /** Takes note of a transaction that has been made, before anybody is told. */
    void note() {
        long[] lengths = lengths();
        try {
            // Always of one length, so that it is overwritten whole.
            record.seek(0);
            record.write(String.format(Locale.ROOT, "%019d %019d\n", lengths[0], lengths[1])
                    .getBytes(US_ASCII));
            noted = lengths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether something was written since. */
    boolean goesOn() {
        return !Arrays.equals(noted, lengths());
    }

    @Override
    public void close() {
        try {
            record.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Cuts off what is beyond the last acknowledged transaction of a database that nobody has open, and keeps it in files
     * of its own.
     *
     * @return whether there was any
     */
    static boolean cut(Path directory) {
        try {
            Path record = directory.resolve(FILE);
            Matcher written = WRITTEN.matcher(Files.exists(record) ? Files.readString(record, US_ASCII) : "");
            if (!written.matches()) {
                return false;
            }
            boolean cut = false;
            for (int i = 0; i < APPENDED.size(); i++) {
                cut |= cut(directory.resolve(APPENDED.get(i)), Long.parseLong(written.group(i + 1)));
            }
            return cut;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean cut(Path file, long length) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (from.size() <= length) {
                return false;
            }
            Path kept =
                    file.resolveSibling("peer-server-cut-" + Instant.now().toEpochMilli() + '-' + file.getFileName());
            try (FileChannel to = FileChannel.open(kept, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                from.transferTo(length, from.size() - length, to);
            }
            from.truncate(length);
            return true;
        }
    }
}
