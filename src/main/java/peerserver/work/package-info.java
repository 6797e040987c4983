/**
 * The threads that requests are worked on: bounded, managed by the container. Knows {@code config} only.
 */
@NullMarked
package peerserver.work;

import org.jspecify.annotations.NullMarked;
