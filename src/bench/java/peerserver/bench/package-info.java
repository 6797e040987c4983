/** What the server costs: a lane of its own, run by {@code ./mvnw verify -Pbench}, which writes BENCHMARKS.md. */
@NullMarked
package peerserver.bench;

import org.jspecify.annotations.NullMarked;
