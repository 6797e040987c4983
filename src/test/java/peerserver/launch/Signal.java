package peerserver.launch;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that Java has no word for. */
public enum Signal {
    STOP,
    CONT;

    /** Sends it. */
    public void to(long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(this + " of " + pid + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
