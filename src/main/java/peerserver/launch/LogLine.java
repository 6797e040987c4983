package peerserver.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log record in one line: time, level, logger, message and, where an exception came along, what it and its causes
 * say. The system property {@code peerserver.log.traces=true} adds stack traces.
 *
 * <p>Public with a public constructor, because the log manager makes it.
 */
public final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*");
    private static final int LONGEST = 1_000;
    private static final int MOST_CAUSES = 5;

    private static volatile Secrets secrets = new Secrets(List.of());

    /** From now on no line holds one of these. */
    static void hide(Secrets hidden) {
        secrets = hidden;
    }

    /** What the record says, without line breaks and secrets. */
    static String message(LogRecord logRecord) {
        StringBuilder message = new StringBuilder(new LogLine().formatMessage(logRecord));
        Throwable thrown = logRecord.getThrown();
        for (int depth = 0; thrown != null && depth < MOST_CAUSES; depth++) {
            message.append(": ").append(thrown);
            thrown = thrown.getCause();
        }
        return line(message.toString());
    }

    /** Any text as one line without secrets. */
    static String line(String text) {
        String line = secrets.redact(text).strip();
        // Few have several lines, and the audit has one of these for every transaction.
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            line = BREAK.matcher(line).replaceAll(" | ");
        }
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    @Override
    public String format(LogRecord logRecord) {
        return TIME.format(logRecord.getInstant().atZone(ZoneId.systemDefault()))
                + ' '
                + logRecord.getLevel().getName()
                + ' '
                + logRecord.getLoggerName()
                + ": "
                + message(logRecord)
                + '\n'
                + traces(logRecord.getThrown());
    }

    private static String traces(@Nullable Throwable thrown) {
        if (thrown == null || !Boolean.getBoolean("peerserver.log.traces")) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return secrets.redact(trace.toString());
    }
}
