package peerserver.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import peerserver.db.ServedDatabase;
import peerserver.op.DbValues;
import peerserver.security.Caller;
import peerserver.security.SignedRequest;

/**
 * {@code GET /api/databases}: the databases that the caller may read, by their names, and how they stand. Not of the request's scope, which
 * Payara does not begin for a request that is dispatched again because its body came late.
 */
@ApplicationScoped
@Path("databases")
public class DatabasesApi {

    @Inject
    private DbValues values;

    /** All of them. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<DatabaseView> all(@Context HttpServletRequest request) {
        Caller caller =
                SignedRequest.of(request).orElseThrow(ForbiddenException::new).caller();
        return values.visibleTo(caller).stream()
                .sorted(Comparator.comparing(ServedDatabase::name))
                .map(DatabaseView::of)
                .toList();
    }
}
