package peerserver.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of a process, user and system, as Linux counts it. */
final class ProcessorTime {

    /** A tick, which is the same on all of Linux's usual platforms. */
    private static final long TICK_NANOS = 10_000_000;

    /** Positions of utime and stime in {@code /proc/PID/stat}, counted from behind the name of the program. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcessorTime() {}

    /** In nanoseconds, since the process began. */
    static long of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * TICK_NANOS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
