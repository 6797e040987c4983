package peerserver.op;

import clojure.lang.Keyword;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Carries out one operation of the client protocol. */
public interface OperationHandler {

    /** Which one. */
    Operation operation();

    /**
     * Carries it out. Holds a thread only while there is work to do for it: an answer that has to be waited for comes
     * later.
     *
     * @return the map of the answer, or an {@link peerserver.wire.AnomalyException}; both may also be thrown
     */
    CompletionStage<Map<Keyword, Object>> handle(RequestContext context);
}
