package peerserver.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import peerserver.config.ClusterConfig;
import peerserver.config.IterationConfig;

/** The sessions of those who ask, where nodes share them. */
@Singleton
public class CallerSessions {

    private final ClusterConfig config;
    private final Duration idle;

    @Inject
    CallerSessions(ClusterConfig config, IterationConfig iteration) {
        this.config = config;
        this.idle = Duration.ofMillis(iteration.idleMs());
    }

    /** The recipes in a request's session; null where there are no sessions. */
    public @Nullable SessionRecipes of(HttpServletRequest request) {
        return config.shared() ? new SessionRecipes(request, config, idle) : null;
    }
}
