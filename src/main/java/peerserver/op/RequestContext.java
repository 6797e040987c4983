package peerserver.op;

import peerserver.chunk.CursorStore;
import peerserver.security.Caller;
import peerserver.wire.Fields;

/**
 * A request on its way through a handler.
 *
 * @param caller who asks
 * @param request what was asked
 * @param deadline when it is to be over
 * @param continues whether it goes on with an iteration, which may come to its end on a database that is served no longer
 * @param turn its turn at a database
 * @param session where recipes are kept that are to come with the caller to another node
 */
public record RequestContext(
        Caller caller, Fields request, Deadline deadline, boolean continues, Turn turn, CursorStore session) {

    RequestContext(Caller caller, Fields request, Deadline deadline, CursorStore session) {
        this(caller, request, deadline, false, new Turn(), session);
    }

    /** This request with other fields. */
    RequestContext with(Fields other) {
        return new RequestContext(caller, other, deadline, continues, turn, session);
    }

    /** This request, taken for the one that began the iteration that it goes on with. */
    RequestContext continuing(Fields begun) {
        return new RequestContext(caller, begun, deadline, true, turn, session);
    }

    /**
     * What a request has waited for, if it is still wanted.
     *
     * @throws peerserver.wire.AnomalyException past the deadline
     */
    <T> T inTime(T awaited) {
        deadline.check();
        return awaited;
    }
}
