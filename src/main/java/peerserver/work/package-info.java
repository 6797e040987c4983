/**
 * How many requests are worked on at once, by whom and for whom, on the container's own threads and on managed ones;
 * whether the heap is full; how the node leaves; and when the container has started the application. Knows {@code config}
 * and {@code process} only.
 */
@NullMarked
package peerserver.work;

import org.jspecify.annotations.NullMarked;
