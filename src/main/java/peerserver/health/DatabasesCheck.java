package peerserver.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import peerserver.db.Databases;
import peerserver.db.ServedDatabase;
import peerserver.db.ServedDatabase.State;

/** Ready once every required database is connected. Tells how many stand how, and no names: anybody may ask. */
@Readiness
@Singleton
public class DatabasesCheck implements HealthCheck {

    private final Databases databases;

    @Inject
    DatabasesCheck(Databases databases) {
        this.databases = databases;
    }

    @Override
    public HealthCheckResponse call() {
        Collection<ServedDatabase> all = databases.all();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("databases").status(databases.ready());
        for (State state : State.values()) {
            response.withData(
                    state.label(),
                    all.stream().filter(database -> database.state() == state).count());
        }
        return response.build();
    }
}
