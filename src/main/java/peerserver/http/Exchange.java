package peerserver.http;

import clojure.lang.Keyword;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import peerserver.op.Failures;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Codecs;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/** One request and its answer, each in its own format. */
final class Exchange {

    private final byte[] body;
    private final @Nullable String contentType;
    private final WireCodec replyCodec;
    private final HttpServletResponse response;
    private final AtomicBoolean claimed = new AtomicBoolean();

    private Exchange(byte[] body, @Nullable String contentType, WireCodec replyCodec, HttpServletResponse response) {
        this.body = body;
        this.contentType = contentType;
        this.replyCodec = replyCodec;
        this.response = response;
    }

    /** An exchange; the answer is in the format that the request accepts, or else in the request's own. */
    static Exchange of(HttpServletRequest request, HttpServletResponse response, byte[] body) {
        String contentType = request.getContentType();
        return new Exchange(
                body, contentType, Codecs.forAccept(request.getHeader("Accept"), formatOf(contentType)), response);
    }

    private static WireCodec formatOf(@Nullable String contentType) {
        try {
            return Codecs.forContentType(contentType);
        } catch (AnomalyException e) {
            return TransitCodec.msgpack();
        }
    }

    /**
     * The request, decoded.
     *
     * @throws AnomalyException {@code incorrect} when it is malformed, or in a format that is not supported
     */
    Object request() {
        return Codecs.forContentType(contentType).decode(body);
    }

    /** Whether the caller is the first to ask, and so the one to answer. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** Answers with a map, or says why that cannot be. */
    void answer(Map<Keyword, Object> reply) throws IOException {
        byte[] bytes;
        try {
            bytes = replyCodec.encode(reply);
        } catch (RuntimeException | Error e) {
            answer(Failures.anomaly(e));
            return;
        }
        write(HttpServletResponse.SC_OK, bytes);
    }

    /** Answers that it went wrong. */
    void answer(Anomaly anomaly) throws IOException {
        write(anomaly.category().httpStatus(), anomaly.encoded(replyCodec));
    }

    private void write(int status, byte[] bytes) throws IOException {
        response.setStatus(status);
        response.setContentType(replyCodec.mediaType());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
