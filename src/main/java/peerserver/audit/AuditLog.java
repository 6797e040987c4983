package peerserver.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.spi.JsonProvider;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import peerserver.config.AuditConfig;
import peerserver.config.AuditConfig.Format;

/**
 * Writes the audit, a line for each entry, through {@code java.util.logging}, in the category {@value #CATEGORY}. Of
 * strangers no more than {@value #STRANGERS_PER_SECOND} lines a second: nobody is to fill the disk who may do nothing else.
 * Thread-safe.
 */
@Singleton
public class AuditLog {

    /** The category, for whoever configures logging. */
    public static final String CATEGORY = "peerserver.audit";

    /** The header in which a client, or a proxy, names a request. */
    public static final String REQUEST_ID = "x-request-id";

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    /** Kept, because each call of {@code Json} looks through all jars for it. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private static final int STRANGERS_PER_SECOND = 10;
    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int INITIAL_LENGTH = 256;

    private final Format format;
    private final Clock clock;
    private long second;
    private int strangers;
    private long leftOut;

    @Inject
    public AuditLog(AuditConfig config, Clock clock) {
        this.format = config.format();
        this.clock = clock;
    }

    /** Whether anybody wants to read it. */
    public boolean wanted() {
        return format != Format.OFF && LOG.isLoggable(Level.INFO);
    }

    /** The id that a request brings, if that is safe to repeat; otherwise one of our own. */
    public static String requestId(@Nullable String brought) {
        return brought != null && SAFE_ID.matcher(brought).matches()
                ? brought
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The time for an entry that is made now. */
    public Instant now() {
        return clock.instant();
    }

    /** Writes a line about a request of somebody who is known. */
    public void write(AuditEntry entry) {
        if (wanted()) {
            LOG.log(Level.INFO, line(entry.members()));
        }
    }

    /** Writes a line about a request of nobody who is known, unless there are too many of them. */
    public void writeStranger(Supplier<AuditEntry> entry) {
        if (!wanted()) {
            return;
        }
        long before;
        synchronized (this) {
            long now = clock.instant().getEpochSecond();
            if (now != second) {
                second = now;
                strangers = 0;
            }
            if (++strangers > STRANGERS_PER_SECOND) {
                leftOut++;
                return;
            }
            before = leftOut;
            leftOut = 0;
        }
        Map<String, Object> members = entry.get().members();
        if (before > 0) {
            members.put("left-out-before", before);
        }
        LOG.log(Level.INFO, line(members));
    }

    private String line(Map<String, Object> members) {
        if (format == Format.JSON) {
            return JSON.createObjectBuilder(members).build().toString();
        }
        StringBuilder line = new StringBuilder(INITIAL_LENGTH);
        members.forEach((name, value) -> {
            String text = value.toString();
            line.append(line.isEmpty() ? "" : " ").append(name).append('=');
            line.append(isPlain(text) ? text : JSON.createValue(text).toString());
        });
        return line.toString();
    }

    /** Whether a text needs no quotes: it is not empty, and has neither blanks nor quotes nor anything that is not ASCII. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '"' || c == '=' || c > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
