package peerserver.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import peerserver.config.LimitsInForce;
import peerserver.op.DatabaseTurns;
import peerserver.work.Admission;
import peerserver.work.HeapGuard;
import peerserver.work.Workers;

/** How much is being worked on, how much was refused for which reason, and the limits themselves. */
@ApplicationScoped
public class LoadMetrics {

    private static final String REFUSED = "peerserver.requests.refused";
    private static final String REASON = "reason";

    void start(
            @Observes Startup event,
            MetricRegistry registry,
            Workers workers,
            DatabaseTurns turns,
            HeapGuard heap,
            LimitsInForce limits) {
        gauge(registry, "peerserver.requests", workers::requests);
        gauge(registry, "peerserver.requests.waiting", workers::waiting);
        gauge(registry, "peerserver.workers.free", workers::freeHands);
        gauge(registry, "peerserver.workers.replaced", workers::replacedHands);
        gauge(registry, "peerserver.heap.full", () -> heap.full() ? 1 : 0);
        for (Admission reason : Admission.values()) {
            if (reason != Admission.IN) {
                gauge(registry, REFUSED, () -> workers.refused(reason), new Tag(REASON, reason.label()));
            }
        }
        gauge(registry, REFUSED, turns::refused, new Tag(REASON, "database"));
        limits.values()
                .forEach((name, value) -> gauge(registry, "peerserver.limit", () -> value, new Tag("name", name)));
    }

    private static void gauge(MetricRegistry registry, String name, Supplier<Number> value, Tag... tags) {
        registry.gauge(name, value, tags);
    }
}
