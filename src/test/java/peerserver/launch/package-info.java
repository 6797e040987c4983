/** Tests of the launcher, and the harness that other tests start a real server with. */
@NullMarked
package peerserver.launch;

import org.jspecify.annotations.NullMarked;
