package peerserver.op;

import java.util.concurrent.CompletionStage;
import peerserver.db.DbValue;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.Fields;

/** An operation whose rows come from the one db value that its request is against. */
abstract class IndexHandler extends RowsHandler {

    private final DbValues values;

    IndexHandler(Iterations iterations, DbValues values) {
        super(iterations);
        this.values = values;
    }

    /** Reads the rows of the request from the db value. */
    abstract Rows read(DbValue value, RequestContext context, Resume resume);

    @Override
    Fields fixed(RequestContext context) {
        return values.fixed(context, context.request());
    }

    @Override
    CompletionStage<FoundRows> find(RequestContext context, Resume resume) {
        return values.of(context).thenApply(value -> new FoundRows(read(value, context, resume)));
    }
}
