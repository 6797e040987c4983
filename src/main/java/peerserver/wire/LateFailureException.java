package peerserver.wire;

import java.util.Objects;

/**
 * A value could not be encoded, as a part of it is computed only when it is looked at, and that failed: a function that a
 * query calls may answer with such a value. The cause is what it threw, and no fault of this program.
 */
public final class LateFailureException extends RuntimeException {

    LateFailureException(Throwable cause) {
        super(cause);
    }

    @Override
    public synchronized Throwable getCause() {
        return Objects.requireNonNull(super.getCause());
    }
}
