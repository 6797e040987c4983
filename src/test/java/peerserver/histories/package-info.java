/**
 * Histories of what many clients did at once, while connections between them and the server broke and the server was
 * killed, held against what Datomic guarantees. The workloads are those of Jepsen's analysis that make sense through a
 * client; the checkers are our own, and have tests of their own.
 */
@NullMarked
package peerserver.histories;

import org.jspecify.annotations.NullMarked;
