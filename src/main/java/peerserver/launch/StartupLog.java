package peerserver.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;

/**
 * Writes the log to standard error: warnings of everybody, and what this application says at INFO. While the server
 * starts, all of it is held back: a start that succeeds then shows it, one that fails shows one line only.
 *
 * <p>Public with a public constructor, because the log manager makes it.
 */
public final class StartupLog extends StreamHandler {

    /** Loggers that warn of what is normal here. */
    private static final Set<String> NOISE = Set.of(
            // Every expired certificate of the trust store, in full. The launcher looks at the server's own.
            "javax.enterprise.system.security.ssl",
            "javax.enterprise.system.ssl.security",
            // That a JDBC driver of the container was not unregistered by an application.
            "jakarta.enterprise.web.util",
            // That a client of HTTP/2 went away.
            "org.glassfish.grizzly.http2.Http2Session");

    private static final String CORE = "javax.enterprise.system.core";
    private static final int MOST_HELD = 1_000;

    private static final List<LogRecord> HELD = new ArrayList<>();
    private static boolean holding = true;

    /** Writes to the standard error of the process, whatever Payara makes of {@code System.err}. */
    public StartupLog() {
        super(new FileOutputStream(FileDescriptor.err), new LogLine());
        setLevel(Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord logRecord) {
        if (!wanted(logRecord)) {
            return;
        }
        synchronized (HELD) {
            if (holding) {
                if (HELD.size() < MOST_HELD) {
                    HELD.add(logRecord);
                }
                return;
            }
        }
        super.publish(logRecord);
        flush();
    }

    /** Only flushes: others write to standard error, too. */
    @Override
    public synchronized void close() {
        flush();
    }

    /** The server has started: shows what was held back, and holds nothing back any more. */
    static void release() {
        List<LogRecord> held;
        synchronized (HELD) {
            holding = false;
            held = List.copyOf(HELD);
            HELD.clear();
        }
        StartupLog log = new StartupLog();
        held.forEach(log::publish);
    }

    /** Whether Payara said that something did not start. It says so here only. */
    static boolean coreFailed() {
        synchronized (HELD) {
            return HELD.stream().anyMatch(held -> severe(held) && CORE.equals(held.getLoggerName()));
        }
    }

    /**
     * Why the start failed, as far as what was held back tells: what the application itself complained of, or else where
     * the first exception came from.
     */
    static Optional<String> reason() {
        synchronized (HELD) {
            Optional<String> complaint = HELD.stream()
                    .flatMap(held -> Stream.iterate(held.getThrown(), Objects::nonNull, Throwable::getCause))
                    .filter(thrown -> thrown.getClass().getName().startsWith("peerserver."))
                    .findFirst()
                    .map(thrown -> LogLine.line(String.valueOf(thrown.getMessage())));
            Optional<String> cause = HELD.stream()
                    .flatMap(held -> Stream.ofNullable(held.getThrown()))
                    .findFirst()
                    .map(thrown -> LogLine.line(rootOf(thrown).toString()));
            return complaint
                    .or(() -> cause)
                    .or(() ->
                            HELD.stream().filter(StartupLog::severe).findFirst().map(LogLine::message));
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return root;
    }

    private static boolean severe(LogRecord logRecord) {
        return logRecord.getLevel().intValue() >= Level.SEVERE.intValue();
    }

    private static boolean wanted(LogRecord logRecord) {
        if (lacksId(logRecord)) {
            return false;
        }
        int level = logRecord.getLevel().intValue();
        if (own(logRecord)) {
            return level >= Level.INFO.intValue();
        }
        boolean noise = logRecord.getLoggerName() != null && NOISE.contains(logRecord.getLoggerName());
        return level >= (noise ? Level.SEVERE : Level.WARNING).intValue();
    }

    /**
     * What Payara tells other nodes of this one it files under an id that it looks up when it boots, when the data grid is
     * not there yet. Nobody reads it.
     */
    private static boolean lacksId(LogRecord logRecord) {
        return CORE.equals(logRecord.getLoggerName())
                && logRecord.getThrown() instanceof NullPointerException missing
                && "Null key is not allowed!".equals(missing.getMessage());
    }

    private static boolean own(LogRecord logRecord) {
        String name = logRecord.getLoggerName();
        return name != null && (name.equals("peerserver") || name.startsWith("peerserver."));
    }
}
