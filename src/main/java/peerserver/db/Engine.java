package peerserver.db;

/** Opens databases of some kinds. The kind shows in the URI. */
public interface Engine {

    /** What operators call it: {@code peer} or {@code local}. */
    String name();

    /** Whether this engine opens databases with that URI. */
    boolean opens(String uri);

    /**
     * Connects, creating the database first where its resource says so. Comes back within the resource's or the
     * configured time to connect, or as long as its files take.
     *
     * @throws peerserver.wire.AnomalyException with a message fit for operators, without secrets
     */
    NamedDatabase open(DatabaseResource resource);

    /** Ends what its databases shared. Called once, when all databases of all engines are closed. */
    default void close() {}
}
