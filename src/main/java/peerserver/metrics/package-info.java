/**
 * MicroProfile Metrics of the load and the cluster, where the server has that API; {@code beans.xml} leaves the room out elsewhere. Knows
 * {@code work}, {@code op}, {@code chunk}, {@code cluster} and {@code config}.
 */
@NullMarked
package peerserver.metrics;

import org.jspecify.annotations.NullMarked;
