package peerserver.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import peerserver.db.Databases;

/** Started once the declared databases are known; whether they can be reached is another question. */
@Startup
@Singleton
public class StartedCheck implements HealthCheck {

    private final Databases databases;

    @Inject
    StartedCheck(Databases databases) {
        this.databases = databases;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(databases.started()).build();
    }
}
