/** Small applications that the launcher is tried with. Knows nothing of the real one. */
@NullMarked
package peerserver.launch.trial;

import org.jspecify.annotations.NullMarked;
