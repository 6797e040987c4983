/** What operators do with databases while no server serves them; not part of the WAR. */
@NullMarked
package peerserver.operate;

import org.jspecify.annotations.NullMarked;
