package peerserver.op;

import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.db.EngineErrors;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.LateFailureException;

/**
 * The one place where anything thrown becomes an {@link Anomaly}. What nobody foresaw is logged under an incident id; the
 * caller gets the id and nothing of the inside.
 */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class.getName());

    private Failures() {}

    /** What to tell the caller. */
    public static Anomaly anomaly(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof AnomalyException known) {
            return answered(known.anomaly());
        }
        if (cause instanceof LateFailureException late) {
            return answered(EngineErrors.anomaly(late.getCause()));
        }
        if (cause instanceof OutOfMemoryError) {
            LOG.log(Level.WARNING, "A request was ended by an OutOfMemoryError");
            return Anomaly.outOfMemory();
        }
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, "Incident " + incident, cause);
        return Anomaly.of(Category.FAULT, "The server failed; its log tells more under incident " + incident);
    }

    private static Anomaly answered(Anomaly anomaly) {
        // Not the message: it may quote values out of the database.
        LOG.log(anomaly.category().logLevel(), "Answered {0}", anomaly.category());
        return anomaly;
    }
}
