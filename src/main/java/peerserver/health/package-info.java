/**
 * MicroProfile Health checks, and their answer over HTTP. Knows {@code db}, {@code op} and {@code security}.
 */
@NullMarked
package peerserver.health;

import org.jspecify.annotations.NullMarked;
