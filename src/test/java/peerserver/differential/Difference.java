package peerserver.differential;

import clojure.lang.IPersistentMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/**
 * How the two sides of a case are documented to differ.
 *
 * @param why where that is documented
 * @param failsInProcess whether the peer library fails on what the server answers
 * @param inProcess arguments with which the peer library gives the answer all the same, or null
 * @param client the failure that the client sees while the peer library answers, or null
 */
record Difference(
        String why, boolean failsInProcess, @Nullable IPersistentMap inProcess, Outcome.@Nullable Failed client) {

    static @Nullable Difference of(@Nullable Map<?, ?> entry) {
        if (entry == null) {
            return null;
        }
        Object client = Clj.get(entry, "client-says");
        return new Difference(
                (String) Clj.get(entry, "why"),
                Boolean.TRUE.equals(Clj.get(entry, "fails-in-process")),
                (IPersistentMap) Clj.get(entry, "in-process"),
                client == null
                        ? null
                        : new Outcome.Failed("incorrect", Clj.get(entry, "db-error"), (String) client, Map.of()));
    }
}
