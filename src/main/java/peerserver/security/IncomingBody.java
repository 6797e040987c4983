package peerserver.security;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.SecurityConfig;

/**
 * A body on its way, read by a thread that is there for this, while the request rests; then the request is dispatched again.
 *
 * <p>Not by a {@link jakarta.servlet.ReadListener}: with one, Payara (seen: 6.2025.10, over TLS) loses some of the bodies
 * that come in several records. It also loses a dispatch by another thread in the very moment in which the one before it
 * returns (seen: among the first requests of one start in sixty); a request that does not come back is busy, before anything
 * was done for it, and its caller sends it again.
 */
final class IncomingBody implements Runnable {

    private static final Logger LOG = Logger.getLogger(IncomingBody.class.getName());
    private static final int BUFFER = 8192;

    private final AsyncContext context;
    private final ServletInputStream in;
    private final long declared;
    private final SecurityConfig config;
    private final BodySenders.Sender sender;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long begun = System.nanoTime();

    /** Complete when the request has come back for its body, and failed when it did not. */
    private final CompletableFuture<Void> back = new CompletableFuture<>();

    private volatile byte @Nullable [] whole;

    /**
     * A body that nobody reads yet; the request rests from now on.
     *
     * @param sender who sends it, among whose bodies it counts until it is whole or refused
     */
    IncomingBody(
            HttpServletRequest request, HttpServletResponse response, SecurityConfig config, BodySenders.Sender sender)
            throws IOException {
        this.declared = request.getContentLengthLong();
        this.in = request.getInputStream();
        this.config = config;
        this.sender = sender;
        this.context = request.startAsync(request, response);
        // Nobody but the reading thread ends it: the stream is its own until then.
        context.setTimeout(0);
    }

    @Override
    public void run() {
        byte[] body;
        try {
            body = read();
        } catch (RefusedRequestException e) {
            refuse(e);
            return;
        } catch (RuntimeException | Error e) {
            // Such as want of memory: nothing may stay of it.
            LOG.log(Level.WARNING, "A body could not be taken", e);
            refuse(RefusedRequestException.busy());
            return;
        }
        sender.leave(bytes.size());
        whole = body;
        context.dispatch();
        back.orTimeout(config.bodyDispatch().toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            LOG.log(Level.WARNING, "A request did not come back for its body");
            answer(RefusedRequestException.notBack());
            return null;
        });
    }

    /**
     * The whole body, for the request that has been dispatched again.
     *
     * @return null when it took so long that the request has been answered
     */
    byte @Nullable [] taken() {
        return back.complete(null) ? whole : null;
    }

    private byte[] read() throws RefusedRequestException {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes.write(buffer, 0, length);
                check(sender.add(length));
            }
        } catch (IOException | IllegalStateException e) {
            throw RefusedRequestException.truncated();
        }
        if (bytes.size() < declared) {
            throw RefusedRequestException.truncated();
        }
        return bytes.toByteArray();
    }

    private void check(boolean room) throws RefusedRequestException {
        if (bytes.size() > config.bodyMaxBytes()) {
            throw RefusedRequestException.tooLarge();
        }
        if (!room) {
            throw RefusedRequestException.busy();
        }
        if (bytes.size() != declared
                && System.nanoTime() - begun > config.bodyTimeout().toNanos()) {
            throw RefusedRequestException.tooSlow();
        }
    }

    /** Ends the request without its body. */
    void refuse(RefusedRequestException refused) {
        sender.leave(bytes.size());
        answer(refused);
    }

    private void answer(RefusedRequestException refused) {
        LOG.log(Level.FINE, "Refused a request with {0}: {1}", new Object[] {refused.httpStatus(), refused.getMessage()
        });
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        // What is still to come is no request.
        response.setHeader("Connection", "close");
        refused.answer(response);
        context.complete();
    }
}
