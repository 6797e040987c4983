package peerserver.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    /** Every iteration, done once, by way of a connection to what it iterates. */
    static Map<Iteration, Undisturbed> all(Function<Library, Connection> connections) {
        Map<Iteration, Undisturbed> all = new LinkedHashMap<>();
        for (Iteration iteration : Iteration.all()) {
            Iterating iterating = Iterating.begin(iteration, connections.apply(iteration.library()));
            iterating.takeAll();
            all.put(iteration, new Undisturbed(iterating.rows(), iterating.chunks()));
        }
        return all;
    }
}
