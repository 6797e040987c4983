/** The steps of a request, each by itself, beside plain {@code transit-java}. */
@NullMarked
package peerserver.bench.jmh;

import org.jspecify.annotations.NullMarked;
