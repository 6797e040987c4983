/**
 * The command line of {@code bin/run}: arguments checked and turned into a running Payara Micro. Lives outside the
 * WAR and knows none of its other rooms but {@code process}.
 */
@NullMarked
package peerserver.launch;

import org.jspecify.annotations.NullMarked;
