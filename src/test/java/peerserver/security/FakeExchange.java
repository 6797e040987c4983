package peerserver.security;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request on its way through a filter, whose body comes as the test wants, and what becomes of it. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Called by name, see Fake.
final class FakeExchange {

    final HttpServletRequest request = Fake.of(HttpServletRequest.class, new Request());
    final HttpServletResponse response = Fake.of(HttpServletResponse.class, new Response());
    final AsyncContext async = Fake.of(AsyncContext.class, new Async());
    final FilterChain chain = Fake.of(FilterChain.class, new Chain());

    final String method;
    final String path;
    final Map<String, List<String>> headers = new HashMap<>();
    byte[] body = {};
    long declaredLength = -1;
    String remoteAddress = "127.0.0.1";

    /** How many bytes of the body have come. */
    int arrived = Integer.MAX_VALUE;

    boolean broken;
    private boolean outOfMemory;
    int bytesRead;
    int status = 200;
    int answerLength = -1;
    long timeoutMs;
    boolean dispatched;
    boolean completed;
    final Map<String, String> answerHeaders = new HashMap<>();
    final Map<String, Object> attributes = new HashMap<>();

    @Nullable HttpServletRequest passedOn;

    private final Stream stream = new Stream();

    FakeExchange(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** More of the body comes. */
    synchronized void arrives(int bytes) {
        arrived += bytes;
        notifyAll();
    }

    /** The body breaks off behind what has come of it. */
    synchronized void breaksOff() {
        broken = true;
        notifyAll();
    }

    /** There is no memory for what comes of the body from now on. */
    synchronized void failsForWantOfMemory() {
        outOfMemory = true;
        notifyAll();
    }

    /** Waits until the request is dispatched again or completed. */
    synchronized void awaitEnd() throws InterruptedException {
        while (!dispatched && !completed) {
            wait();
        }
    }

    /** Waits until the request is completed. */
    synchronized void awaitCompletion() throws InterruptedException {
        while (!completed) {
            wait();
        }
    }

    private void ended(Runnable how) {
        synchronized (this) {
            how.run();
            notifyAll();
        }
    }

    private final class Request {
        String getMethod() {
            return method;
        }

        String getRequestURI() {
            return path;
        }

        String getServletPath() {
            return path;
        }

        @Nullable String getPathInfo() {
            return null;
        }

        @Nullable String getQueryString() {
            return null;
        }

        @Nullable String getCharacterEncoding() {
            return null;
        }

        @Nullable String getHeader(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? null : values.get(0);
        }

        Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(headers.getOrDefault(name, List.of()));
        }

        String getRemoteAddr() {
            return remoteAddress;
        }

        long getContentLengthLong() {
            return declaredLength;
        }

        ServletInputStream getInputStream() {
            return stream;
        }

        @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        boolean isAsyncSupported() {
            return true;
        }

        AsyncContext startAsync(ServletRequest started, ServletResponse answer) {
            return async;
        }
    }

    private final class Response {
        void setStatus(int value) {
            status = value;
        }

        void setContentLength(int length) {
            answerLength = length;
        }

        void setHeader(String name, String value) {
            answerHeaders.put(name, value);
        }
    }

    private final class Chain {
        void doFilter(ServletRequest passed, ServletResponse answer) {
            passedOn = (HttpServletRequest) passed;
        }
    }

    private final class Async {
        void setTimeout(long ms) {
            timeoutMs = ms;
        }

        ServletRequest getRequest() {
            return request;
        }

        ServletResponse getResponse() {
            return response;
        }

        void dispatch() {
            ended(() -> dispatched = true);
        }

        void complete() {
            ended(() -> completed = true);
        }
    }

    private final class Stream extends ServletInputStream {

        @Override
        public int available() {
            return Math.min(arrived, body.length) - bytesRead;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            synchronized (FakeExchange.this) {
                while (available() == 0 && !isFinished()) {
                    if (broken) {
                        throw new IOException("connection reset");
                    }
                    if (outOfMemory) {
                        throw new OutOfMemoryError("told to");
                    }
                    try {
                        FakeExchange.this.wait();
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException();
                    }
                }
                if (isFinished()) {
                    return -1;
                }
                int read = Math.min(length, available());
                System.arraycopy(body, bytesRead, buffer, offset, read);
                bytesRead += read;
                return read;
            }
        }

        @Override
        public boolean isFinished() {
            return bytesRead == body.length;
        }

        @Override
        public boolean isReady() {
            return available() > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
