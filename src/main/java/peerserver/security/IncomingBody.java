package peerserver.security;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.config.SecurityConfig;

/**
 * A body on its way, read by a thread that is there for this, while the request rests; then the request is dispatched again.
 *
 * <p>Not by a {@link jakarta.servlet.ReadListener}: with one, Payara (seen: 6.2025.10, over TLS) loses some of the bodies
 * that come in several records.
 */
final class IncomingBody implements Runnable {

    private static final Logger LOG = Logger.getLogger(IncomingBody.class.getName());
    private static final int BUFFER = 8192;

    private final AsyncContext context;
    private final ServletInputStream in;
    private final long declared;
    private final SecurityConfig config;
    private final BodySenders.Sender sender;
    private final Consumer<byte[]> whole;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long begun = System.nanoTime();

    /**
     * A body that nobody reads yet; the request rests from now on.
     *
     * @param sender who sends it, among whose bodies it counts until it is whole or refused
     * @param whole takes the body, before the request is dispatched again
     */
    IncomingBody(
            HttpServletRequest request,
            HttpServletResponse response,
            SecurityConfig config,
            BodySenders.Sender sender,
            Consumer<byte[]> whole)
            throws IOException {
        this.declared = request.getContentLengthLong();
        this.in = request.getInputStream();
        this.config = config;
        this.sender = sender;
        this.whole = whole;
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
        whole.accept(body);
        context.dispatch();
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
        LOG.log(Level.FINE, "Refused a request with {0}: {1}", new Object[] {refused.httpStatus(), refused.getMessage()
        });
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        // What is still to come is no request.
        response.setHeader("Connection", "close");
        refused.answer(response);
        context.complete();
    }
}
