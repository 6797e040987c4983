/**
 * The client protocol as data: Transit and EDN codecs, requests, anomalies, datoms and references to db values.
 * Knows the JDK, Transit and Clojure's data types; no container and no engine.
 */
@NullMarked
package peerserver.wire;

import org.jspecify.annotations.NullMarked;
