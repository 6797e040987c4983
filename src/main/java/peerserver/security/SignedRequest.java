package peerserver.security;

import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;

/**
 * A request whose signature is right: it knows its caller, and its body can be had as a whole or be read again. Reading
 * without blocking is not offered: it never blocks.
 */
public final class SignedRequest extends HttpServletRequestWrapper {

    private static final String ATTRIBUTE = SignedRequest.class.getName();

    private final Caller caller;
    private final CredentialValidationResult identity;
    private final byte[] body;
    private final ServletInputStream stream;

    /** Takes {@code body} as it is, without a copy. */
    SignedRequest(HttpServletRequest request, Caller caller, CredentialValidationResult identity, byte[] body) {
        super(request);
        this.caller = caller;
        this.identity = identity;
        this.body = body;
        this.stream = new BodyStream(body);
        request.setAttribute(ATTRIBUTE, this);
    }

    /** What a servlet or a resource was given, if it is a signed request, whatever the container has wrapped around it. */
    public static Optional<SignedRequest> of(ServletRequest request) {
        return Optional.ofNullable((SignedRequest) request.getAttribute(ATTRIBUTE));
    }

    /** Who signed it. */
    public Caller caller() {
        return caller;
    }

    /** The whole body; not a copy, so do not change it. */
    public byte[] body() {
        return body;
    }

    @Override
    public Principal getUserPrincipal() {
        return identity.getCallerPrincipal();
    }

    @Override
    public String getRemoteUser() {
        return identity.getCallerPrincipal().getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return identity.getCallerGroups().contains(role);
    }

    @Override
    public ServletInputStream getInputStream() {
        return stream;
    }

    /** The body as text, in the request's encoding or else UTF-8. */
    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        return new BufferedReader(
                new InputStreamReader(stream, encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding)));
    }

    private static final class BodyStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        BodyStream(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is here already");
        }
    }
}
