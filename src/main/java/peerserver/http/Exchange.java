package peerserver.http;

import clojure.lang.Keyword;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peerserver.audit.AuditLog;
import peerserver.chunk.CursorStore;
import peerserver.config.RequestConfig;
import peerserver.op.Audit;
import peerserver.op.Failures;
import peerserver.session.SessionRecipes;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Codecs;
import peerserver.wire.EdnCodec;
import peerserver.wire.WireCodec;

/**
 * One request and its answer, each in its own format. Several threads may want to answer, and the first may. Until then
 * the request belongs to the container's thread, unless it was {@linkplain #leaveOpen left open}.
 */
final class Exchange {

    /** The longest body, in bytes, of a request whose connection rests: the container holds it for as long. */
    private static final int RESTS = 65_536;

    /** To let a connection rest for less than that costs more than it spares. */
    private static final Duration SHORTEST_REST = Duration.ofMillis(1);

    /** The longest answer, in bytes, of which nothing leaves before its session has been replicated. */
    private static final int MOST_BUFFERED = 33_554_432;

    /** The most bytes that an answer's head has. */
    private static final int HEAD = 8_192;

    private final long arrival = System.nanoTime();
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final byte[] body;
    private final RequestConfig limits;
    private final @Nullable SessionRecipes session;
    private final @Nullable String contentType;
    private final WireCodec replyCodec;
    private volatile @Nullable Object decoded;
    private volatile Audit.@Nullable Request audited;
    private @Nullable AsyncContext open;
    private boolean claimed;
    private boolean ended;

    /** An exchange; the answer is in the format that the request accepts, or else in the request's own. */
    Exchange(
            HttpServletRequest request,
            HttpServletResponse response,
            byte[] body,
            RequestConfig limits,
            @Nullable SessionRecipes session) {
        this.session = session;
        this.request = request;
        this.response = response;
        this.body = body;
        this.limits = limits;
        this.contentType = request.getContentType();
        this.replyCodec = Codecs.forAccept(request.getHeader("Accept"), formatOf(contentType));
    }

    /** What a person can read, for a request whose format is not known. */
    private static WireCodec formatOf(@Nullable String contentType) {
        try {
            return Codecs.forContentType(contentType);
        } catch (AnomalyException e) {
            return EdnCodec.INSTANCE;
        }
    }

    /** The {@link System#nanoTime} at which the whole request was there. */
    long arrival() {
        return arrival;
    }

    /**
     * The request, decoded.
     *
     * @throws AnomalyException {@code incorrect} when it is malformed, or in a format that is not supported
     */
    Object decoded() {
        Object request = Codecs.forContentType(contentType).decode(body, limits.maxDepth());
        decoded = request;
        return request;
    }

    /** What was asked; null as long as it is not decoded. */
    @Nullable Object request() {
        return decoded;
    }

    /** Where recipes are kept that are to come with the caller to another node. */
    CursorStore session() {
        return session == null ? CursorStore.NONE : session;
    }

    /** The request as HTTP has it. */
    HttpServletRequest http() {
        return request;
    }

    /** Takes note of how it is audited, and gives the answer its id; only for the one who claimed it, before the answer. */
    void audited(Audit.Request as) {
        audited = as;
        response.setHeader(AuditLog.REQUEST_ID, as.id());
    }

    /** How it was audited; null when it was not. */
    Audit.@Nullable Request audited() {
        return audited;
    }

    /** Whether the caller is the first to ask, and so the one to answer. */
    synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    /**
     * Called by the container's thread before it leaves a request that is not answered: the container is to wait for the
     * answer. If somebody is answering just now, this thread is the one that waits.
     */
    void leaveOpen() {
        if (session != null) {
            session.look();
        }
        leave();
    }

    private synchronized void leave() {
        if (claimed) {
            awaitEnd();
        } else if (open == null) {
            open = request.startAsync(request, response);
            open.setTimeout(0);
        }
    }

    /** Waits until the one who claimed the answer has given it. */
    synchronized void awaitEnd() {
        try {
            while (!ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers with a map, or says why that cannot be. */
    void answer(Map<Keyword, Object> reply) throws IOException {
        byte[] bytes;
        try {
            bytes = replyCodec.encode(reply, limits.maxAnswerBytes());
        } catch (RuntimeException | Error e) {
            answer(Failures.anomaly(e));
            return;
        }
        if (session != null && session.save()) {
            // Payara (seen: 6.2025.10) replicates the session when the answer is complete, and not before:
            // one that is too long for the buffer would be with the client by then.
            response.setBufferSize(Math.min(bytes.length, MOST_BUFFERED) + HEAD);
        }
        write(HttpServletResponse.SC_OK, bytes);
    }

    /** Answers that it went wrong. */
    void answer(Anomaly anomaly) throws IOException {
        write(anomaly.category().httpStatus(), anomaly.encoded(replyCodec));
    }

    /**
     * Refuses the request at once. Then the connection rests: its next request is read later, so that whoever does not let
     * up is slowed instead of the server.
     */
    void refuse(Anomaly anomaly, Duration rest, Executor afterwards) throws IOException {
        if (rest.compareTo(SHORTEST_REST) < 0 || body.length > RESTS) {
            answer(anomaly);
            return;
        }
        AsyncContext resting = request.startAsync(request, response);
        resting.setTimeout(0);
        answer(anomaly);
        response.flushBuffer();
        CompletableFuture.delayedExecutor(rest.toNanos(), TimeUnit.NANOSECONDS, afterwards)
                .execute(resting::complete);
    }

    /**
     * Answers while the work goes on. The answer goes out now; where the work holds the container's thread, the connection
     * ends with it, because its next request would wait for that thread.
     */
    void answerMeanwhile(Anomaly anomaly) throws IOException {
        if (open == null && request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
        answer(anomaly);
        response.flushBuffer();
    }

    private void write(int status, byte[] bytes) throws IOException {
        response.setStatus(status);
        response.setContentType(replyCodec.mediaType());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Called once by the one who claimed the answer, after all of it. */
    void end() {
        AsyncContext waiting;
        synchronized (this) {
            ended = true;
            notifyAll();
            waiting = open;
        }
        if (waiting != null) {
            waiting.complete();
        }
    }
}
