/**
 * Rows cut into chunks: pages, sealed tokens and the cursors that continue an iteration. Knows {@code wire} and
 * {@code db}.
 */
@NullMarked
package peerserver.chunk;

import org.jspecify.annotations.NullMarked;
