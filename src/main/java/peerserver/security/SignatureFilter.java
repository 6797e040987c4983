package peerserver.security;

import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import peerserver.config.SecurityConfig;

/**
 * Authenticates requests by their signature, with the identity stores of the application.
 *
 * <p>Whatever is asked for must be signed, be it the container's own, but for {@code GET /health} and, where operators
 * want it, the container's {@code /metrics}. Those pass anonymously, or as the caller who signed them; a wrong signature is
 * refused there too.
 *
 * <p>A refusal is 403 with an empty body, whatever the reason, which only the audit tells. A body
 * that is too large is 413, one that breaks off 400, and one that takes too long 408.
 *
 * <p>The body has to be read first, to check its hash. No thread of the container's waits for one that is still on its
 * way: others read it, and then the request is dispatched once more. This is why it is a filter and no authentication
 * mechanism of the container, which would have to wait.
 */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class SignatureFilter extends HttpFilter {

    private static final Set<String> METHODS_THAT_READ = Set.of("GET", "HEAD", "OPTIONS");
    private static final String HEALTH = "/health";
    private static final String METRICS = "/metrics";

    private final boolean metricsOpen;
    private final transient SignedRequestReader reader;
    private final transient RequestBodies bodies;
    private final transient IdentityStoreHandler identityStores;
    private final transient AccessKeys keys;
    private final transient RefusedRequests refused;

    @Inject
    SignatureFilter(
            SecurityConfig config,
            Clock clock,
            IdentityStoreHandler identityStores,
            AccessKeys keys,
            ClientAddresses addresses,
            RefusedRequests refused,
            ThreadFactory threads) {
        this.reader = new SignedRequestReader(clock, config.signatureWindow());
        this.bodies = new RequestBodies(config, addresses, threads);
        this.metricsOpen = config.metricsOpen();
        this.identityStores = identityStores;
        this.keys = keys;
        this.refused = refused;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long arrival = System.nanoTime();
        SignableRequest signable = SignableRequest.of(request);
        if (!mustBeSigned(request) && !signable.claimsSignature()) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletRequest signed;
        try {
            signed = signed(signable, request, response);
        } catch (RefusedRequestException e) {
            refused.answer(e, request, response, arrival);
            return;
        }
        if (signed != null) {
            chain.doFilter(signed, response);
        }
    }

    @Override
    public void destroy() {
        bodies.stop();
    }

    /** The request with its caller and its body; null while the body is on its way. */
    private @Nullable HttpServletRequest signed(
            SignableRequest signable, HttpServletRequest request, HttpServletResponse response)
            throws RefusedRequestException, IOException {
        RequestSignature signature = reader.read(signable);
        byte[] body = bodies.body(request, response);
        if (body == null) {
            return null;
        }
        CredentialValidationResult result = identityStores.validate(signature.credential(body));
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            throw RefusedRequestException.wrongSecret(signature.authorization().accessKey());
        }
        Caller caller = keys.caller(result.getCallerPrincipal().getName())
                .orElseThrow(() -> RefusedRequestException.forbidden("the access key has just been withdrawn"));
        return new SignedRequest(request, caller, result, body);
    }

    /** Judges by the path as the container understood it, which cannot be spelt in two ways. */
    private boolean mustBeSigned(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return !METHODS_THAT_READ.contains(request.getMethod())
                || !(isWithin(HEALTH, path) || (metricsOpen && isWithin(METRICS, path)));
    }

    private static boolean isWithin(String open, String path) {
        return path.equals(open) || path.startsWith(open + '/');
    }
}
