/** Several servers behind a real HAProxy, of which some are lost while clients iterate. */
@NullMarked
package peerserver.chaos;

import org.jspecify.annotations.NullMarked;
