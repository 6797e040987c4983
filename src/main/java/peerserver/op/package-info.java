/**
 * One handler for each operation of the client protocol, and the dispatcher that finds it. Knows {@code wire},
 * {@code form}, {@code db}, {@code chunk}, {@code security} (who is calling),
 * {@code work} (what a key may take) and {@code config}; nothing of HTTP.
 */
@NullMarked
package peerserver.op;

import org.jspecify.annotations.NullMarked;
