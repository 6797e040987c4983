/**
 * What all nodes of a cluster share in the server's data grid, by the standard API for caches, where the server has that.
 * Knows {@code op} and {@code config}.
 */
@NullMarked
package peerserver.grid;

import org.jspecify.annotations.NullMarked;
