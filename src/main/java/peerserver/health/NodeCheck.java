package peerserver.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import peerserver.cluster.Members;
import peerserver.work.Drain;

/** Ready unless this node is leaving. Tells how many nodes there are, and no addresses: anybody may ask. */
@Readiness
@Singleton
public class NodeCheck implements HealthCheck {

    private final Drain drain;
    private final Members members;

    @Inject
    NodeCheck(Drain drain, Members members) {
        this.drain = drain;
        this.members = members;
    }

    @Override
    public HealthCheckResponse call() {
        boolean draining = drain.draining();
        return HealthCheckResponse.named("node")
                .status(!draining)
                .withData("draining", draining)
                .withData("members", members.count())
                .build();
    }
}
