package peerserver.security;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the signature of a request and checks all of it that needs neither body nor secret: its form, its scope, which
 * headers it covers, and its time.
 */
final class SignedRequestReader {

    /** The service that the clients sign for. */
    static final String SERVICE = "peer-server";

    /** The region that the clients sign for. */
    static final String REGION = "none";

    private static final Logger LOG = Logger.getLogger(SignedRequestReader.class.getName());
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

    private final Clock clock;
    private final Duration window;
    private final AtomicLong nextWarning = new AtomicLong(Long.MIN_VALUE);
    private volatile @Nullable Timestamp latest;

    /**
     * A reader.
     *
     * @param window how far a signature's time may lie before or after the clock's
     */
    SignedRequestReader(Clock clock, Duration window) {
        this.clock = clock;
        this.window = window;
    }

    /**
     * The signature of {@code request}.
     *
     * @throws RefusedRequestException 403 when there is none or it is not in order
     */
    RequestSignature read(SignableRequest request) throws RefusedRequestException {
        String header = request.header("authorization");
        if (header == null) {
            throw RefusedRequestException.forbidden("not signed");
        }
        AuthorizationHeader authorization = AuthorizationHeader.parse(header)
                .orElseThrow(() -> RefusedRequestException.forbidden("malformed header Authorization"));
        if (!authorization.service().equals(SERVICE) || !authorization.region().equals(REGION)) {
            throw RefusedRequestException.forbidden("signed for another service or region");
        }
        if (!authorization.signedHeaders().contains("host")
                || !authorization.signedHeaders().contains("x-amz-date")) {
            throw RefusedRequestException.forbidden("the signature does not cover host and x-amz-date");
        }
        String timestamp = request.header("x-amz-date");
        Instant time = timestamp == null ? null : time(timestamp);
        if (timestamp == null || time == null || !timestamp.startsWith(authorization.date() + 'T')) {
            throw RefusedRequestException.forbidden("no x-amz-date that agrees with the signature's scope");
        }
        checkTime(time);
        return new RequestSignature(request, authorization, timestamp);
    }

    /** The time that a text means; most requests are of the same second as the one before. */
    private @Nullable Instant time(String timestamp) {
        Timestamp known = latest;
        if (known != null && known.text.equals(timestamp)) {
            return known.time;
        }
        try {
            Instant time = LocalDateTime.parse(timestamp, TIMESTAMP).toInstant(ZoneOffset.UTC);
            latest = new Timestamp(timestamp, time);
            return time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private record Timestamp(String text, Instant time) {}

    private void checkTime(Instant time) throws RefusedRequestException {
        Instant now = clock.instant();
        Duration skew = Duration.between(now, time);
        if (skew.abs().compareTo(window) <= 0) {
            return;
        }
        long due = nextWarning.get();
        if (now.toEpochMilli() >= due
                && nextWarning.compareAndSet(due, now.plus(BETWEEN_WARNINGS).toEpochMilli())) {
            LOG.log(
                    Level.WARNING,
                    "Refused a request signed {0} s {1} this server''s clock; {2} s are allowed. Compare the clocks.",
                    new Object[] {
                        Long.toString(skew.abs().toSeconds()),
                        skew.isNegative() ? "behind" : "ahead of",
                        Long.toString(window.toSeconds())
                    });
        }
        throw RefusedRequestException.forbidden("signed too long ago, or in the future");
    }
}
