/**
 * The threads that requests are worked on, bounded and managed by the container, and when the container has started the
 * application. Knows {@code config} only.
 */
@NullMarked
package peerserver.work;

import org.jspecify.annotations.NullMarked;
