package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Date;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import peerserver.db.NamedDatabase;
import peerserver.db.Resume;
import peerserver.security.Right;
import peerserver.wire.AnomalyException;
import peerserver.wire.DbValueRef;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/**
 * {@code tx-range}: the transactions of the log from {@code :start} to {@code :end}, exclusive. An open end is the newest
 * transaction when the request came, so that an iteration ends.
 */
@Singleton
public class TxRangeHandler extends RowsHandler {

    private final DbValues values;

    @Inject
    TxRangeHandler(Iterations iterations, DbValues values) {
        super(iterations);
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.TX_RANGE;
    }

    @Override
    Fields fixed(RequestContext context) {
        Fields fixed = values.fixed(context, context.request());
        if (fixed.has(Keys.END)) {
            return fixed;
        }
        DbValueRef ref = DbValueRef.from(fixed.asMap());
        long newest = values.database(context, ref, Right.READ).current().basisT();
        long last = Math.max(newest, ref.t() == null ? 0 : ref.t());
        return fixed.with(Keys.END, last == Long.MAX_VALUE ? last : last + 1);
    }

    @Override
    CompletionStage<FoundRows> find(RequestContext context, Resume resume) {
        Fields request = context.request();
        NamedDatabase database = values.database(context, DbValueRef.from(request.asMap()), Right.READ);
        Object start = timePoint(request, Keys.START);
        Object end = timePoint(request, Keys.END);
        return values.newest(context, database)
                .thenApply(newest -> new FoundRows(database.txRange(start, end, resume)));
    }

    private static @Nullable Object timePoint(Fields request, Keyword name) {
        Object point = request.value(name);
        if (point == null || (point instanceof Long t && t >= 0) || point instanceof Date) {
            return point;
        }
        throw AnomalyException.incorrect("Expected a t, a transaction id or an instant for " + name);
    }
}
