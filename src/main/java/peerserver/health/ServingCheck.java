package peerserver.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import peerserver.work.Workers;

/**
 * Alive as long as the application does anything at all: a database that is away is no reason to restart it. It is not when
 * every thread for requests is held by work that nothing but a restart ends.
 */
@Liveness
@Singleton
public class ServingCheck implements HealthCheck {

    private final Workers workers;

    @Inject
    ServingCheck(Workers workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("serving").status(!workers.stuck()).build();
    }
}
