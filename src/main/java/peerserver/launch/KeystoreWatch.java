package peerserver.launch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks every two seconds whether the keystore or its password has changed, and then serves the new key. What cannot be
 * read, a file that is half written among it, changes nothing and is said once.
 */
final class KeystoreWatch extends Thread {

    private static final Logger LOG = Logger.getLogger(KeystoreWatch.class.getName());
    private static final long INTERVAL_MS = 2_000;

    private final KeystoreFile file;
    private final ServedKey served;
    private List<ByteBuffer> seen = List.of();

    KeystoreWatch(KeystoreFile file, ServedKey served) {
        super("keystore-watch");
        setDaemon(true);
        this.file = file;
        this.served = served;
    }

    @Override
    public void run() {
        try {
            while (true) {
                sleep(INTERVAL_MS);
                look();
            }
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    /** Looks once. */
    void look() {
        List<ByteBuffer> content = file.content();
        if (content.equals(seen)) {
            return;
        }
        seen = content;
        try {
            ServerCertificate next = file.certificate();
            if (!next.equals(served.current())) {
                served.replace(next);
                LOG.log(
                        next.outOfDate() ? Level.WARNING : Level.INFO,
                        "New connections get the key that is in {0} now: {1}, valid until {2}",
                        new Object[] {
                            file.path(),
                            next.leaf().getSubjectX500Principal(),
                            next.leaf().getNotAfter().toInstant()
                        });
            }
        } catch (Refusal e) {
            LOG.log(Level.WARNING, "New connections get the same key as before: {0}", e.line());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "New connections get the same key as before", e);
        }
    }
}
