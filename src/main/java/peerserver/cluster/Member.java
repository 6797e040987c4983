package peerserver.cluster;

import java.time.Instant;

/**
 * A node as another one sees it.
 *
 * @param name an address and port, or whatever name the server gives it
 * @param since when it was seen for the first time
 * @param self whether it is the one that looks
 */
public record Member(String name, Instant since, boolean self) {}
