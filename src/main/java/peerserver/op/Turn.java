package peerserver.op;

import org.jspecify.annotations.Nullable;

/** The turn at a database that a request may have, until it ends. Thread-safe. */
public final class Turn {

    private boolean asked;
    private @Nullable Runnable end;

    /** Whether nobody has asked for it yet. */
    synchronized boolean isFirst() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    /** Takes note of how it ends. */
    synchronized void endsWith(Runnable how) {
        end = how;
    }

    /** Ends it, if there was one. */
    void end() {
        Runnable last;
        synchronized (this) {
            last = end;
            end = null;
        }
        if (last != null) {
            last.run();
        }
    }
}
