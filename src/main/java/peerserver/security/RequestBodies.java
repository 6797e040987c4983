package peerserver.security;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peerserver.config.SecurityConfig;

/**
 * Reads the bodies of requests, within bounds. Nobody knows yet whether their callers may ask anything, so no thread of
 * the container's is theirs, and little memory.
 */
final class RequestBodies {

    private static final String BODY = RequestBodies.class.getName();
    private static final byte[] NOTHING = {};

    private final SecurityConfig config;
    private final ClientAddresses addresses;
    private final BodySenders senders;
    private final ThreadPoolExecutor readers;

    RequestBodies(SecurityConfig config, ClientAddresses addresses, ThreadFactory threads) {
        this.config = config;
        this.addresses = addresses;
        this.senders = new BodySenders(config);
        this.readers = new ThreadPoolExecutor(
                0, config.bodiesAtOnce(), 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    /**
     * The whole body, if it is there. If it is on its way, the request will be dispatched again with it.
     *
     * @return null in that case, and when it came back too late
     * @throws RefusedRequestException 413 for a body that is too long, 400 for one that breaks off
     */
    byte @Nullable [] body(HttpServletRequest request, HttpServletResponse response)
            throws RefusedRequestException, IOException {
        Object before = request.getAttribute(BODY);
        if (before instanceof byte[] read) {
            return read;
        }
        if (before instanceof IncomingBody incoming) {
            byte[] whole = incoming.taken();
            if (whole != null) {
                request.setAttribute(BODY, whole);
            }
            return whole;
        }
        long declared = request.getContentLengthLong();
        if (declared > config.bodyMaxBytes()) {
            throw RefusedRequestException.tooLarge();
        }
        if (declared == 0) {
            return NOTHING;
        }
        ServletInputStream in = request.getInputStream();
        if (declared < 0 && in.isFinished() && in.available() == 0) {
            return NOTHING;
        }
        if (declared > 0 && in.available() >= declared) {
            byte[] body = new byte[(int) declared];
            if (in.readNBytes(body, 0, body.length) < body.length) {
                throw RefusedRequestException.truncated();
            }
            return body;
        }
        if (!request.isAsyncSupported()) {
            throw RefusedRequestException.forbidden("a body for what takes none");
        }
        BodySenders.Sender sender = senders.enter(addresses.of(request).orElse(null));
        IncomingBody incoming = new IncomingBody(request, response, config, sender);
        request.setAttribute(BODY, incoming);
        if (!sender.mayEnter() || !isBegun(incoming)) {
            incoming.refuse(RefusedRequestException.busy());
        }
        return null;
    }

    private boolean isBegun(IncomingBody incoming) {
        try {
            readers.execute(incoming);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    void stop() {
        readers.shutdownNow();
    }
}
