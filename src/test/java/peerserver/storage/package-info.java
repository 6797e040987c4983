/** What stands behind the peer library in tests: a real PostgreSQL, and an unreliable way to it. */
@NullMarked
package peerserver.storage;

import org.jspecify.annotations.NullMarked;
