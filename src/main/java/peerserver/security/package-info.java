/**
 * Who is calling: the Jakarta Security authentication mechanism, the identity store of access keys, and what a
 * caller may do. Knows {@code wire}, {@code chunk} (keys that seal tokens) and {@code config}.
 */
@NullMarked
package peerserver.security;

import org.jspecify.annotations.NullMarked;
