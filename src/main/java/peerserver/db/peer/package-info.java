/**
 * The engine behind the peer library {@code com.datomic:peer}. With its parent, the only room that touches
 * {@code datomic.*}.
 */
@NullMarked
package peerserver.db.peer;

import org.jspecify.annotations.NullMarked;
