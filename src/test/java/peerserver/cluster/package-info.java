/** Tests of the node among others. */
@NullMarked
package peerserver.cluster;

import org.jspecify.annotations.NullMarked;
