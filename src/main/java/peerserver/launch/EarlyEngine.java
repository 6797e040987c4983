package peerserver.launch;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Loads the peer library while Payara boots: both take seconds, and neither needs the other. Deployment has to wait for
 * it, because Clojure's own classes may lock each other out when two threads begin to initialize them.
 */
final class EarlyEngine extends Thread {

    /** Settings of the peer library in the environment are for the application to pass on before it loads the library. */
    private static final String SETTING = "DATOMIC_";

    private static final Logger LOG = Logger.getLogger(EarlyEngine.class.getName());
    private static final String PEER_LIBRARY = "datomic.Peer";

    EarlyEngine() {
        super("peer library");
        setDaemon(true);
    }

    @Override
    public void run() {
        if (System.getenv().keySet().stream().anyMatch(name -> name.startsWith(SETTING))) {
            return;
        }
        try {
            Class.forName(PEER_LIBRARY);
        } catch (ClassNotFoundException | LinkageError e) {
            // The application meets this when it connects a database, and then the JVM no longer tells the reason.
            LOG.log(
                    Level.WARNING,
                    "The peer library cannot be loaded: " + reason(e).getMessage());
        }
    }

    private static Throwable reason(Throwable thrown) {
        return thrown.getCause() == null ? thrown : reason(thrown.getCause());
    }

    void awaitLoaded() {
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
