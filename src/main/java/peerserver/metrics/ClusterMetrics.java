package peerserver.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import peerserver.chunk.Takeovers;
import peerserver.cluster.Members;
import peerserver.cluster.Sessions;
import peerserver.work.Drain;

/** How many nodes there are, whether this one is leaving, its sessions, and what became of iterations of others. */
@ApplicationScoped
public class ClusterMetrics {

    void start(@Observes Startup event, MetricRegistry registry, Members members, Drain drain, Takeovers takeovers) {
        gauge(registry, "peerserver.cluster.members", members::count);
        gauge(registry, "peerserver.draining", () -> drain.draining() ? 1 : 0);
        gauge(registry, "peerserver.sessions", Sessions::open);
        gauge(registry, "peerserver.iterations.taken-over", takeovers::taken);
        gauge(registry, "peerserver.iterations.lost", takeovers::lost);
    }

    private static void gauge(MetricRegistry registry, String name, Supplier<Number> value) {
        registry.gauge(name, value);
    }
}
