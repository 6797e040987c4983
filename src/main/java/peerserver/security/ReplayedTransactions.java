package peerserver.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.config.SecurityConfig;
import peerserver.config.TransactionConfig;

/**
 * Sees to it that a signed transaction which somebody has overheard and sends again is known as long as its signature is
 * taken: twice the window of signatures, when its date was as far ahead as allowed.
 */
@ApplicationScoped
public class ReplayedTransactions {

    private static final Logger LOG = Logger.getLogger(ReplayedTransactions.class.getName());

    private final long signedMs;
    private final long rememberedMs;

    /** For proxies only. */
    ReplayedTransactions() {
        signedMs = 0;
        rememberedMs = 0;
    }

    @Inject
    ReplayedTransactions(SecurityConfig security, TransactionConfig transactions) {
        signedMs = security.signatureWindow().multipliedBy(2).toMillis();
        rememberedMs = transactions.windowMs();
    }

    /** Tells whoever has widened one window and not the other. */
    void start(@Observes Startup event) {
        if (rememberedMs < signedMs) {
            LOG.log(
                    Level.WARNING,
                    "A signed transaction can be sent again for {0} s, and is remembered for {1} s: let"
                            + " peerserver.tx-ids.window-ms be at least twice {2}",
                    new Object[] {
                        Duration.ofMillis(signedMs).toSeconds(),
                        Duration.ofMillis(rememberedMs).toSeconds(),
                        SecurityConfig.SIGNATURE_WINDOW
                    });
        }
    }
}
