/**
 * The engine boundary: named databases, their db values and the rows they yield, and the registry that connects
 * the databases declared as resources. Knows {@code wire}, {@code form}, {@code config} and {@code work}.
 */
@NullMarked
package peerserver.db;

import org.jspecify.annotations.NullMarked;
