/**
 * This node among the others: who it is, who the others are, and how many sessions it has. Knows {@code work} only.
 */
@NullMarked
package peerserver.cluster;

import org.jspecify.annotations.NullMarked;
