package peerserver.op;

import clojure.lang.Keyword;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.chunk.Page;
import peerserver.db.Resume;
import peerserver.wire.Fields;

/**
 * An operation that yields rows, in chunks. The same code begins an iteration and continues one whose rows are no longer
 * at hand, so what is checked for one is checked for the other.
 */
abstract class RowsHandler implements OperationHandler {

    private final Iterations iterations;

    RowsHandler(Iterations iterations) {
        this.iterations = iterations;
    }

    /**
     * The request with every db value in it fixed at a t, so that it yields the same rows later on. Checks that the
     * caller may read every database in it.
     */
    abstract Fields fixed(RequestContext context);

    /** Finds the rows, from some row on. */
    abstract CompletionStage<FoundRows> find(RequestContext context, Resume resume);

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        Page page = iterations.page(context.request());
        RequestContext fixed = context.with(fixed(context));
        return find(fixed, Resume.atRow(page.offset())).thenApply(found -> iterations.first(fixed, page, found));
    }
}
