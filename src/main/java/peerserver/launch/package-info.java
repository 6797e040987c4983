/**
 * The command line of {@code bin/run}: arguments checked and turned into a running Payara Micro. Lives outside the
 * WAR and knows nothing of its other rooms.
 */
@NullMarked
package peerserver.launch;

import org.jspecify.annotations.NullMarked;
