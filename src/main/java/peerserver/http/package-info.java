/**
 * The client protocol over HTTP: one servlet, from bytes to bytes. Knows {@code op}, {@code wire},
 * {@code security}, {@code work} and {@code config}.
 */
@NullMarked
package peerserver.http;

import org.jspecify.annotations.NullMarked;
