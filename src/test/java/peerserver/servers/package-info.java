/** The servers that suites can run against, each configured by the scripts that its users are given. */
@NullMarked
package peerserver.servers;

import org.jspecify.annotations.NullMarked;
