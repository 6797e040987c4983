package peerserver.wire;

import java.util.Arrays;
import java.util.List;

/** Sequences of Clojure, whose items are computed when somebody looks at them. */
final class LateValues {

    private LateValues() {}

    /**
     * The items of a sequence, all of them computed.
     *
     * @throws LateFailureException when that fails
     */
    static List<?> items(List<?> sequence) {
        try {
            return Arrays.asList(sequence.toArray());
        } catch (Exception | StackOverflowError e) {
            // Clojure throws checked exceptions without declaring them.
            throw new LateFailureException(e);
        }
    }
}
