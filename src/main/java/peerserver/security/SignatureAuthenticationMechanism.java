package peerserver.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.config.SecurityConfig;

/**
 * Authenticates requests by their signature. The container asks it about every request.
 *
 * <p>Whatever changes something, and everything under {@code /api}, must be signed. The rest, such as
 * {@code GET /health}, passes anonymously, or as the caller who signed it; a wrong signature is refused there too.
 *
 * <p>A refusal is 403 with an empty body, whatever the reason, which only the log tells, at level {@code FINE}. A body
 * that is too large is 413, and one that breaks off 400.
 *
 * <p>The body was read to check its hash: servlets find it as the request's attribute {@value #BODY_ATTRIBUTE}, a
 * {@code byte[]} that they must not change, or read the request as usual.
 */
@ApplicationScoped
public class SignatureAuthenticationMechanism implements HttpAuthenticationMechanism {

    /** Name of the request's attribute that holds the whole body, a {@code byte[]}. */
    public static final String BODY_ATTRIBUTE = "peerserver.body";

    private static final Logger LOG = Logger.getLogger(SignatureAuthenticationMechanism.class.getName());
    private static final Set<String> METHODS_THAT_READ = Set.of("GET", "HEAD", "OPTIONS");

    private final SignedRequestReader reader;
    private final int bodyMaxBytes;
    private final IdentityStoreHandler identityStores;

    /** For proxies only. */
    SignatureAuthenticationMechanism() {
        this(
                new SecurityConfig(List.of(), Duration.ofMillis(1), 1),
                Clock.systemUTC(),
                credential -> CredentialValidationResult.INVALID_RESULT);
    }

    @Inject
    SignatureAuthenticationMechanism(SecurityConfig config, Clock clock, IdentityStoreHandler identityStores) {
        this.reader = new SignedRequestReader(clock, config.signatureWindow());
        this.bodyMaxBytes = config.bodyMaxBytes();
        this.identityStores = identityStores;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        SignableRequest signable = SignableRequest.of(request);
        if (!mustBeSigned(request) && !signable.claimsSignature()) {
            return context.doNothing();
        }
        try {
            return authenticate(signable, request, context);
        } catch (RefusedRequestException e) {
            LOG.log(Level.FINE, "Refused a request with {0}: {1}", new Object[] {e.httpStatus(), e.getMessage()});
            response.setStatus(e.httpStatus());
            response.setContentLength(0);
            return AuthenticationStatus.SEND_FAILURE;
        }
    }

    private AuthenticationStatus authenticate(
            SignableRequest signable, HttpServletRequest request, HttpMessageContext context)
            throws RefusedRequestException {
        RequestBody.checkDeclaredLength(request, bodyMaxBytes);
        RequestSignature signature = reader.read(signable);
        byte[] body = RequestBody.read(request, bodyMaxBytes);
        Credential credential = signature.credential(body);
        CredentialValidationResult result = identityStores.validate(credential);
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            throw RefusedRequestException.forbidden("no such access key, or not signed with a valid secret of it");
        }
        request.setAttribute(BODY_ATTRIBUTE, body);
        return context.withRequest(new BufferedBodyRequest(request, body)).notifyContainerAboutLogin(result);
    }

    /** Judges by the path as the container understood it, which cannot be spelt in two ways. */
    private static boolean mustBeSigned(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return !METHODS_THAT_READ.contains(request.getMethod()) || path.equals("/api") || path.startsWith("/api/");
    }
}
