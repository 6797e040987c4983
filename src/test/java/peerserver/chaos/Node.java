package peerserver.chaos;

/** A server that can be lost and comes back on the same port. */
interface Node extends AutoCloseable {

    int port();

    /** Starts it, with what its storage holds, and waits until its databases are connected. */
    void start();

    /** Kills its process, if there is one, so that it can do nothing more, and waits until it is gone. */
    void kill();

    /** The process that serves. */
    long pid();

    /** Asks it to end, and waits for that. */
    @Override
    void close();
}
