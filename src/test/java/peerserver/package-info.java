/** Tests of the WAR as a whole. */
@NullMarked
package peerserver;

import org.jspecify.annotations.NullMarked;
