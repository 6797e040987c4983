package peerserver.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.InetAddress;
import peerserver.audit.AuditEntry;
import peerserver.audit.AuditLog;
import peerserver.op.DbValues;
import peerserver.security.ClientAddresses;
import peerserver.security.SignedRequest;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.work.Drain;

/**
 * {@code /api/drain}: {@code POST} has this node leave, {@code DELETE} has it stay, and {@code GET} tells how that stands. For
 * callers with the admin right on every database.
 */
@ApplicationScoped
@Path("drain")
@Produces(MediaType.APPLICATION_JSON)
public class DrainApi {

    @Inject
    private Drain drain;

    @Inject
    private DbValues values;

    @Inject
    private AuditLog audit;

    @Inject
    private ClientAddresses addresses;

    /** Begins it; again, it changes nothing. */
    @POST
    public DrainView begin(@Context HttpServletRequest request) {
        checkAdmin(request, "drain");
        drain.begin();
        return DrainView.of(drain.standing());
    }

    /** Undoes it, as long as everybody is served. */
    @DELETE
    public DrainView undo(@Context HttpServletRequest request) {
        checkAdmin(request, "undo-drain");
        if (!drain.undo()) {
            throw Anomaly.of(Category.CONFLICT, "This node has begun to end, which cannot be undone")
                    .exception();
        }
        return DrainView.of(drain.standing());
    }

    /** How it stands. */
    @GET
    public DrainView standing(@Context HttpServletRequest request) {
        if (!administrator(signed(request))) {
            throw new ForbiddenException();
        }
        return DrainView.of(drain.standing());
    }

    /** Has it audited, too: it writes, if not data. */
    private void checkAdmin(HttpServletRequest request, String operation) {
        long arrival = System.nanoTime();
        SignedRequest signed = signed(request);
        boolean may = administrator(signed);
        audit.write(new AuditEntry(
                audit.now(),
                signed.caller().name(),
                addresses.of(request).map(InetAddress::getHostAddress).orElse(null),
                operation,
                null,
                null,
                may ? "ok" : Category.FORBIDDEN.label(),
                null,
                (System.nanoTime() - arrival) / 1_000_000,
                AuditLog.requestId(request.getHeader(AuditLog.REQUEST_ID))));
        if (!may) {
            throw new ForbiddenException();
        }
    }

    private boolean administrator(SignedRequest signed) {
        return values.administersAll(signed.caller());
    }

    private static SignedRequest signed(HttpServletRequest request) {
        return SignedRequest.of(request).orElseThrow(ForbiddenException::new);
    }
}
