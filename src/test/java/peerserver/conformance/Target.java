package peerserver.conformance;

import java.util.List;

/**
 * A running server to test, and what it was started with.
 *
 * @param port the port of its client protocol on localhost
 * @param keys at least two whose code is confined, then one whose code is trusted
 * @param engine what is behind its databases
 */
public record Target(int port, List<AccessKey> keys, TestedEngine engine) {

    /** A database that every suite may write to, under names of its own. */
    public static final String HELLO = "hello";

    /** A second database to write to. */
    static final String OTHER = "other";

    /** A database that no test writes to. */
    static final String EMPTY = "empty";

    static final List<String> DATABASES = List.of(HELLO, OTHER, EMPTY);

    public Target {
        keys = List.copyOf(keys);
    }

    public String endpoint() {
        return "localhost:" + port;
    }

    /** The client of the first key. */
    RealClient client() {
        return client(keys.get(0));
    }

    /** The client of the key whose code is trusted. */
    RealClient trustedClient() {
        return client(keys.get(keys.size() - 1));
    }

    RealClient client(AccessKey key) {
        return new RealClient(endpoint(), key);
    }

    /** Raw requests signed with the first key. */
    SignedRequests requests() {
        return new SignedRequests(this, keys.get(0));
    }
}
