/**
 * Rows cut into chunks: pages, sealed tokens and the cursors that continue an iteration. Knows {@code wire},
 * {@code db}, {@code config}, {@code work} and {@code cluster}.
 */
@NullMarked
package peerserver.chunk;

import org.jspecify.annotations.NullMarked;
