package peerserver.conformance;

import clojure.lang.IFn;
import java.util.ArrayList;
import java.util.List;

/** A core.async channel that the asynchronous API answered with. */
public record Channel(Object it) {

    private static final IFn TAKE = Clj.fn("clojure.core.async", "<!!");
    private static final IFn CLOSE = Clj.fn("clojure.core.async", "close!");

    /** The next value, null once the channel is closed; waits for it. */
    public Object take() {
        return TAKE.invoke(it);
    }

    /** The anomaly that the channel holds. */
    Failure takeFailure() {
        return new Failure(take());
    }

    /** Every chunk up to the end. */
    public List<List<Object>> chunks() {
        List<List<Object>> chunks = new ArrayList<>();
        for (Object chunk = take(); chunk != null; chunk = take()) {
            chunks.add(Clj.list(chunk));
        }
        return chunks;
    }

    /** Every item of every chunk. */
    public List<Object> items() {
        return chunks().stream().flatMap(List::stream).toList();
    }

    public void close() {
        CLOSE.invoke(it);
    }
}
