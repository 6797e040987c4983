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
import peerserver.chunk.Takeovers;
import peerserver.cluster.Members;
import peerserver.cluster.Node;
import peerserver.cluster.Sessions;
import peerserver.security.SignedRequest;
import peerserver.work.Drain;

/** {@code GET /api/cluster}: this node and the others, for callers who may do anything at all. */
@ApplicationScoped
@Path("cluster")
public class ClusterApi {

    @Inject
    private Node node;

    @Inject
    private Members members;

    @Inject
    private Drain drain;

    @Inject
    private Takeovers takeovers;

    /** How it looks from here. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ClusterView view(@Context HttpServletRequest request) {
        if (SignedRequest.of(request)
                .filter(signed -> !signed.caller().grants().isEmpty())
                .isEmpty()) {
            throw new ForbiddenException();
        }
        return new ClusterView(
                new ClusterView.Self(node.id(), members.self(), node.since(), drain.draining()),
                members.all().stream().map(ClusterView.Other::of).toList(),
                Sessions.open(),
                new ClusterView.Iterations(takeovers.taken(), takeovers.lost()));
    }
}
