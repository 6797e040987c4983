package peerserver.security;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.audit.AuditEntry;
import peerserver.audit.AuditLog;

/** Answers requests that are turned away: each is in the audit, and those who guess secrets wait for it. */
@Singleton
public class RefusedRequests {

    private static final Logger LOG = Logger.getLogger(RefusedRequests.class.getName());

    private final Refusals refusals;
    private final ClientAddresses addresses;
    private final AuditLog audit;

    @Inject
    RefusedRequests(Refusals refusals, ClientAddresses addresses, AuditLog audit) {
        this.refusals = refusals;
        this.addresses = addresses;
        this.audit = audit;
    }

    /**
     * Answers a request, now or later.
     *
     * @param arrival the {@link System#nanoTime} of its arrival
     */
    void answer(
            RefusedRequestException refused, HttpServletRequest request, HttpServletResponse response, long arrival) {
        LOG.log(Level.FINE, "Refused a request with {0}: {1}", new Object[] {refused.httpStatus(), refused.getMessage()
        });
        InetAddress address = addresses.of(request).orElse(null);
        audit.writeStranger(() -> entry(refused, request, address, arrival));
        String guessed = refused.guessedKey();
        // What is not asynchronous is nothing of ours: the container's own servlets, which have nothing to tell.
        long delayMs = guessed == null || !request.isAsyncSupported() ? 0 : refusals.failed(address, guessed);
        if (delayMs == 0) {
            refused.answer(response);
            return;
        }
        AsyncContext waiting = request.startAsync(request, response);
        waiting.setTimeout(0);
        refusals.later(delayMs, () -> {
            refused.answer(response);
            waiting.complete();
        });
    }

    private AuditEntry entry(
            RefusedRequestException refused, HttpServletRequest request, @Nullable InetAddress address, long arrival) {
        return new AuditEntry(
                audit.now(),
                Optional.ofNullable(SignableRequest.of(request).header("authorization"))
                        .flatMap(AuthorizationHeader::parse)
                        .map(AuthorizationHeader::accessKey)
                        .orElse(null),
                address == null ? null : address.getHostAddress(),
                null,
                null,
                null,
                Integer.toString(refused.httpStatus()),
                refused.getMessage(),
                (System.nanoTime() - arrival) / 1_000_000,
                AuditLog.requestId(request.getHeader(AuditLog.REQUEST_ID)));
    }
}
