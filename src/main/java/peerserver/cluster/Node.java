package peerserver.cluster;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

/** This node, from one start of the application to its end. */
@Singleton
public class Node {

    private static final int ID_BYTES = 4;

    private final String id;
    private final Instant since;

    @Inject
    public Node(Clock clock) {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        this.id = HexFormat.of().formatHex(random);
        this.since = clock.instant();
    }

    /** What it is called where others have to be told apart from it: short, and a new one with each start. */
    public String id() {
        return id;
    }

    /** When it was started. */
    public Instant since() {
        return since;
    }
}
