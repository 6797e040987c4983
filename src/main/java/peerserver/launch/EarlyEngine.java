package peerserver.launch;

/**
 * Loads the peer library while Payara boots: both take seconds, and neither needs the other. Deployment has to wait for
 * it, because Clojure's own classes may lock each other out when two threads begin to initialize them.
 */
final class EarlyEngine extends Thread {

    /** Settings of the peer library in the environment are for the application to pass on before it loads the library. */
    private static final String SETTING = "DATOMIC_";

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
            // The application meets the same error when it connects a database, and can say for which.
        }
    }

    void awaitLoaded() {
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
