/**
 * JAX-RS resources with JSON-B. Knows {@code op}, {@code db}, {@code security},
 * {@code audit}, {@code chunk}, {@code cluster}, {@code work} and {@code wire}.
 */
@NullMarked
package peerserver.api;

import org.jspecify.annotations.NullMarked;
