package peerserver.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Gives the configuration records, and the clock, to whoever injects them. Records cannot be proxied, so their scope is
 * {@code @Singleton}.
 */
@ApplicationScoped
public class ConfigProducer {

    /** The clock of everything that depends on time. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** How requests are authenticated. */
    @Produces
    @Singleton
    SecurityConfig securityConfig() {
        return SecurityConfig.from(ConfigProvider.getConfig());
    }
}
