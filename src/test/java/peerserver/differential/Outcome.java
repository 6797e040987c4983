package peerserver.differential;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What came of an operation. */
sealed interface Outcome {

    /** The same without a message: where the engine says nothing, the server still says something. */
    default Outcome speechless() {
        return this;
    }

    /** The same with what is no collection as it is told to be. */
    Outcome with(UnaryOperator<Object> scalar);

    /**
     * An answer.
     *
     * @param value as {@link ClientContract} puts it
     */
    record Answered(@Nullable Object value) implements Outcome {
        @Override
        public Outcome with(UnaryOperator<Object> scalar) {
            return new Answered(ClientContract.copied(value, scalar));
        }
    }

    /**
     * A failure.
     *
     * @param category of the anomaly, without its namespace
     * @param dbError the engine's own name for it, or null
     * @param data what else the engine tells of it
     */
    record Failed(
            String category,
            @Nullable Object dbError,
            @Nullable String message,
            Map<?, ?> data) implements Outcome {
        @Override
        public Outcome speechless() {
            return new Failed(category, dbError, null, data);
        }

        @Override
        public Outcome with(UnaryOperator<Object> scalar) {
            return new Failed(category, dbError, (String) ClientContract.copied(message, scalar), (Map<?, ?>)
                    ClientContract.copied(data, scalar));
        }
    }
}
