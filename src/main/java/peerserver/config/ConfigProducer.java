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

    /** Where access keys are declared. */
    @Produces
    @Singleton
    KeysConfig keysConfig() {
        return KeysConfig.from(ConfigProvider.getConfig());
    }

    /** What those get who sign wrongly. */
    @Produces
    @Singleton
    RefusalConfig refusalConfig() {
        return RefusalConfig.from(ConfigProvider.getConfig());
    }

    /** How the audit is written. */
    @Produces
    @Singleton
    AuditConfig auditConfig() {
        return AuditConfig.from(ConfigProvider.getConfig());
    }

    /** What browsers are told. */
    @Produces
    @Singleton
    HttpConfig httpConfig() {
        return HttpConfig.from(ConfigProvider.getConfig());
    }

    /** Limits and defaults of requests. */
    @Produces
    @Singleton
    RequestConfig requestConfig() {
        return RequestConfig.from(ConfigProvider.getConfig());
    }

    /** How much is taken on. */
    @Produces
    @Singleton
    LoadConfig loadConfig() {
        return LoadConfig.from(ConfigProvider.getConfig());
    }

    /** How this node leaves. */
    @Produces
    @Singleton
    DrainConfig drainConfig() {
        return DrainConfig.from(ConfigProvider.getConfig());
    }

    /** What is kept for iterations. */
    @Produces
    @Singleton
    IterationConfig iterationConfig() {
        return IterationConfig.from(ConfigProvider.getConfig());
    }

    /** What is remembered of transactions. */
    @Produces
    @Singleton
    TransactionConfig transactionConfig() {
        return TransactionConfig.from(ConfigProvider.getConfig());
    }

    /** What confined code may call. */
    @Produces
    @Singleton
    CodeConfig codeConfig() {
        return CodeConfig.from(ConfigProvider.getConfig());
    }

    /** How databases are held. */
    @Produces
    @Singleton
    DatabaseConfig databaseConfig() {
        return DatabaseConfig.from(ConfigProvider.getConfig());
    }

    /** The peer library's own settings. */
    @Produces
    @Singleton
    PeerConfig peerConfig() {
        return PeerConfig.from(ConfigProvider.getConfig());
    }
}
