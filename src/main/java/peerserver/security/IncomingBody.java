package peerserver.security;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.config.SecurityConfig;

/** A body on its way: kept as it comes, by whichever thread of the container sees it come. */
final class IncomingBody implements ReadListener, AsyncListener {

    private static final Logger LOG = Logger.getLogger(IncomingBody.class.getName());
    private static final int BUFFER = 8192;

    private final AsyncContext context;
    private final ServletInputStream in;
    private final long declared;
    private final SecurityConfig config;
    private final AtomicLong underWay;
    private final Consumer<byte[]> whole;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicBoolean over = new AtomicBoolean();

    private IncomingBody(
            HttpServletRequest request,
            HttpServletResponse response,
            SecurityConfig config,
            AtomicLong underWay,
            Consumer<byte[]> whole)
            throws IOException {
        this.declared = request.getContentLengthLong();
        this.in = request.getInputStream();
        this.config = config;
        this.underWay = underWay;
        this.whole = whole;
        this.context = request.startAsync(request, response);
    }

    /**
     * Reads the body of a request, then gives it away and dispatches the request again; or refuses the request.
     *
     * @param underWay the bytes of all bodies on their way, this one's included while it is
     */
    static void read(
            HttpServletRequest request,
            HttpServletResponse response,
            SecurityConfig config,
            AtomicLong underWay,
            Consumer<byte[]> whole)
            throws IOException {
        IncomingBody body = new IncomingBody(request, response, config, underWay, whole);
        body.context.setTimeout(config.bodyTimeout().toMillis());
        body.context.addListener(body);
        body.in.setReadListener(body);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER];
        // With HTTP/2 a stream of Payara's is finished when the last frame has come, read or not.
        while (!over.get() && in.isReady()) {
            int length = in.read(buffer);
            if (length < 0) {
                return;
            }
            bytes.write(buffer, 0, length);
            checkBounds(underWay.addAndGet(length));
        }
    }

    private void checkBounds(long bytesUnderWay) {
        if (bytes.size() > config.bodyMaxBytes()) {
            refuse(RefusedRequestException.tooLarge());
        } else if (bytesUnderWay > config.bodiesMaxBytes()) {
            refuse(RefusedRequestException.busy());
        }
    }

    @Override
    public void onAllDataRead() {
        if (bytes.size() < declared) {
            refuse(RefusedRequestException.truncated());
        } else if (end()) {
            whole.accept(bytes.toByteArray());
            context.dispatch();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        refuse(RefusedRequestException.truncated());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        refuse(RefusedRequestException.tooSlow());
    }

    @Override
    public void onError(AsyncEvent event) {
        refuse(RefusedRequestException.truncated());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Begins after this body has come.
    }

    private void refuse(RefusedRequestException refused) {
        if (end()) {
            LOG.log(Level.FINE, "Refused a request with {0}: {1}", new Object[] {
                refused.httpStatus(), refused.getMessage()
            });
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            // What is still to come is no request.
            response.setHeader("Connection", "close");
            refused.answer(response);
            context.complete();
        }
    }

    /** Whether this is the first end that it comes to. */
    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            underWay.addAndGet(-bytes.size());
        }
        return first;
    }
}
