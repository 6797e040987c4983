/** What the application and the launcher both need of the process that they are in. Knows no other room. */
@NullMarked
package peerserver.process;

import org.jspecify.annotations.NullMarked;
