package peerserver.wire;

import org.jspecify.annotations.Nullable;

/** The one exception that carries an {@link Anomaly} through this code. */
public final class AnomalyException extends RuntimeException {

    private final transient Anomaly anomaly;

    AnomalyException(Anomaly anomaly, @Nullable Throwable cause) {
        super(anomaly.message(), cause, false, cause != null);
        this.anomaly = anomaly;
    }

    /** An exception for a request that is wrong in itself. */
    public static AnomalyException incorrect(String message) {
        return Anomaly.of(Category.INCORRECT, message).exception();
    }

    public Anomaly anomaly() {
        return anomaly;
    }
}
