package peerserver.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import peerserver.conformance.Connection;

/**
 * What an iteration gives when nothing happens.
 *
 * @param rows all of them, in order
 * @param chunks in how many chunks they came
 */
record Undisturbed(List<Object> rows, int chunks) {

    Undisturbed {
        rows = List.copyOf(rows);
    }

    /** Every iteration, done once. */
    static Map<Iteration, Undisturbed> all(Connection connection) {
        Map<Iteration, Undisturbed> all = new LinkedHashMap<>();
        for (Iteration iteration : Iteration.all()) {
            Iterating iterating = Iterating.begin(iteration, connection);
            iterating.takeAll();
            all.put(iteration, new Undisturbed(iterating.rows(), iterating.chunks()));
        }
        return all;
    }
}
