package peerserver.launch;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A log record in one line: time, level, logger, message and, where an exception came along, what it and its causes say.
 * The system property {@code peerserver.log.traces=true} adds stack traces.
 *
 * <p>Public with a public constructor, because the log manager makes it.
 */
public final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final int LONGEST = 600;
    private static final int MOST_CAUSES = 5;

    private static volatile Secrets secrets = new Secrets(List.of());

    /** From now on no line of any formatter holds one of these. */
    static void hide(Secrets hidden) {
        secrets = hidden;
    }

    @Override
    public String format(LogRecord logRecord) {
        StringBuilder line = new StringBuilder(formatMessage(logRecord));
        Throwable thrown = logRecord.getThrown();
        for (int depth = 0; thrown != null && depth < MOST_CAUSES; depth++) {
            line.append(": ").append(thrown);
            thrown = thrown.getCause();
        }
        String text = secrets.redact(line.toString()).strip().replaceAll("\\s*\\R\\s*", " | ");
        return TIME.format(logRecord.getInstant().atZone(ZoneId.systemDefault()))
                + ' '
                + logRecord.getLevel().getName()
                + ' '
                + logRecord.getLoggerName()
                + ": "
                + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                + '\n'
                + traces(logRecord.getThrown());
    }

    private static String traces(@Nullable Throwable thrown) {
        if (thrown == null || !Boolean.getBoolean("peerserver.log.traces")) {
            return "";
        }
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        return secrets.redact(trace.toString());
    }
}
