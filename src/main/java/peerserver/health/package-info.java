/**
 * MicroProfile Health checks, and their answer over HTTP. Knows {@code db}, {@code op},
 * {@code security}, {@code cluster} and {@code work}.
 */
@NullMarked
package peerserver.health;

import org.jspecify.annotations.NullMarked;
