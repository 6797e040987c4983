/**
 * The engine behind Datomic Local, {@code com.datomic:local}, driven through the public client API alone.
 */
@NullMarked
package peerserver.db.local;

import org.jspecify.annotations.NullMarked;
