/**
 * The server under load, beside the same work in process and a yardstick. {@link peerserver.bench.load.Line} is what is
 * asked, {@link peerserver.bench.load.Subject} whom.
 */
@NullMarked
package peerserver.bench.load;

import org.jspecify.annotations.NullMarked;
