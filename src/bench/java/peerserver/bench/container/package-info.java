/** The container with nothing in it, to tell what of our costs is its. */
@NullMarked
package peerserver.bench.container;

import org.jspecify.annotations.NullMarked;
