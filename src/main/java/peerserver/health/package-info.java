/**
 * MicroProfile Health checks. Knows {@code db} and {@code config}.
 */
@NullMarked
package peerserver.health;

import org.jspecify.annotations.NullMarked;
