/**
 * Bad input in bulk: valid requests of every operation, damaged as data and as bytes, from a seed. A few thousand in every
 * build; a million and more with {@code -Pfuzz}.
 */
@NullMarked
package peerserver.fuzz;

import org.jspecify.annotations.NullMarked;
