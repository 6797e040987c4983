/**
 * How many requests are worked on at once and by whom, on the container's own threads and on managed ones, and when the
 * container has started the application. Knows {@code config} only.
 */
@NullMarked
package peerserver.work;

import org.jspecify.annotations.NullMarked;
