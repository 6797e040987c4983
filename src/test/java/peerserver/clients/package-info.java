/** Clients other than the one on the tests' own class path, each in a process of its own. */
@NullMarked
package peerserver.clients;

import org.jspecify.annotations.NullMarked;
