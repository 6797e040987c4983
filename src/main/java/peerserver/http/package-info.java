/**
 * The client protocol over HTTP: one servlet, from bytes to bytes. Knows {@code op}, {@code wire},
 * {@code security}, {@code chunk}, {@code session}, {@code audit}, {@code work} and {@code config}.
 */
@NullMarked
package peerserver.http;

import org.jspecify.annotations.NullMarked;
