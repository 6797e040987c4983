package peerserver.security;

import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request on its way through the container's authentication, and what becomes of it. */
@SuppressWarnings("UnusedMethod") // Called by name, see Fake.
final class FakeExchange {

    final HttpServletRequest request = Fake.of(HttpServletRequest.class, new Request());
    final HttpServletResponse response = Fake.of(HttpServletResponse.class, new Response());
    final HttpMessageContext context = Fake.of(HttpMessageContext.class, new Context());

    final String method;
    final String path;
    final Map<String, List<String>> headers = new HashMap<>();
    byte[] body = {};
    long declaredLength = -1;
    boolean breaksOff;

    int bytesRead;
    int status = 200;
    int answerLength = -1;
    final Map<String, Object> attributes = new HashMap<>();

    @Nullable HttpServletRequest passedOn;

    @Nullable String caller;

    FakeExchange(String method, String path) {
        this.method = method;
        this.path = path;
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

        Enumeration<String> getHeaderNames() {
            return Collections.enumeration(headers.keySet());
        }

        Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(headers.getOrDefault(name, List.of()));
        }

        long getContentLengthLong() {
            return declaredLength;
        }

        ServletInputStream getInputStream() {
            ServletInputStream source = new BufferedBodyRequest(request, body).getInputStream();
            return new CountingStream(source);
        }

        void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }
    }

    private final class Response {
        void setStatus(int value) {
            status = value;
        }

        void setContentLength(int length) {
            answerLength = length;
        }
    }

    private final class Context {
        AuthenticationStatus doNothing() {
            return AuthenticationStatus.NOT_DONE;
        }

        HttpMessageContext withRequest(HttpServletRequest wrapped) {
            passedOn = wrapped;
            return context;
        }

        AuthenticationStatus notifyContainerAboutLogin(CredentialValidationResult result) {
            caller = result.getCallerPrincipal().getName();
            return AuthenticationStatus.SUCCESS;
        }
    }

    private final class CountingStream extends ServletInputStream {

        private final ServletInputStream source;

        CountingStream(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = source.read(buffer, offset, length);
            if (read < 0 && breaksOff) {
                throw new IOException("connection reset");
            }
            bytesRead += Math.max(0, read);
            return read;
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
