/**
 * Who is calling: the filter that checks signatures, the Jakarta Security identity store of access keys, and what a
 * caller may do. Knows {@code wire}, {@code chunk} (keys that seal tokens), {@code work} and {@code config}.
 */
@NullMarked
package peerserver.security;

import org.jspecify.annotations.NullMarked;
