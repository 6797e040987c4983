/**
 * What is kept in the caller's replicated HTTP session, with which it comes to the node that goes on. Knows {@code chunk} and
 * {@code config}.
 */
@NullMarked
package peerserver.session;

import org.jspecify.annotations.NullMarked;
