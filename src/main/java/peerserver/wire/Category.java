package peerserver.wire;

import clojure.lang.Keyword;
import java.util.logging.Level;

/**
 * The categories of {@code cognitect.anomalies}, each with the HTTP status that carries it and the level it is logged at.
 *
 * <p>The body of an answer is authoritative; the status is for proxies, and for clients that cannot read the body.
 */
public enum Category {
    UNAVAILABLE("unavailable", 503, Level.FINE),
    INTERRUPTED("interrupted", 504, Level.FINE),
    INCORRECT("incorrect", 400, Level.FINE),
    FORBIDDEN("forbidden", 403, Level.FINE),
    UNSUPPORTED("unsupported", 501, Level.FINE),
    NOT_FOUND("not-found", 404, Level.FINE),
    CONFLICT("conflict", 409, Level.FINE),
    FAULT("fault", 500, Level.SEVERE),
    BUSY("busy", 429, Level.FINE);

    private final Keyword keyword;
    private final int httpStatus;
    private final Level logLevel;

    Category(String name, int httpStatus, Level logLevel) {
        this.keyword = Keyword.intern("cognitect.anomalies", name);
        this.httpStatus = httpStatus;
        this.logLevel = logLevel;
    }

    /** The keyword on the wire, {@code :cognitect.anomalies/…}. */
    public Keyword keyword() {
        return keyword;
    }

    /** The name of the keyword, for formats that have none. */
    public String label() {
        return keyword.getName();
    }

    /** The HTTP status of an answer that carries this anomaly. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The level at which an anomaly of this category is logged. */
    public Level logLevel() {
        return logLevel;
    }
}
