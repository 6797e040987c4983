package peerserver.op;

import peerserver.security.Caller;
import peerserver.wire.Fields;

/**
 * A request on its way through a handler.
 *
 * @param caller who asks
 * @param request what was asked
 * @param deadline when it is to be over
 */
public record RequestContext(Caller caller, Fields request, Deadline deadline) {

    /** This request with other fields. */
    RequestContext with(Fields other) {
        return new RequestContext(caller, other, deadline);
    }
}
