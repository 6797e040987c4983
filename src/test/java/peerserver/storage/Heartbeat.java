package peerserver.storage;

/**
 * Where a transactor says in storage that peers find it. No transactor writes it here: its form was found by trying what
 * the peer library reads and what it then complains of.
 *
 * @param host as a transactor publishes it
 * @param alternativeHost tried after the host
 * @param port for both
 */
public record Heartbeat(String host, String alternativeHost, int port) {

    /** A transactor of the same version as the peer library. */
    String statement() {
        String location = "[\"" + host + "\" \"" + alternativeHost + "\" " + port + " \"user\" \"s3cr3t\" "
                + System.currentTimeMillis() + " \"" + VERSION + "\" true 2]";
        String map = "{:key \"" + location.replace("\"", "\\\"") + "\"}";
        return "insert into datomic_kvs (id, rev, map) values ('pod-coord', 1, '" + map + "')";
    }

    private static final String VERSION = System.getProperty("peerserver.peer.version", "1.0.7622");
}
