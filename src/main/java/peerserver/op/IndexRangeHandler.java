package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import peerserver.db.DbValue;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/** {@code index-range}: datoms of AVET with values from {@code :start} to {@code :end}, exclusive. */
@Singleton
public class IndexRangeHandler extends IndexHandler {

    @Inject
    IndexRangeHandler(Iterations iterations, DbValues values) {
        super(iterations, values);
    }

    @Override
    public Operation operation() {
        return Operation.INDEX_RANGE;
    }

    @Override
    Rows read(DbValue value, RequestContext context, Resume resume) {
        Fields request = context.request();
        return value.indexRange(
                request.required(Keys.ATTRID), request.value(Keys.START), request.value(Keys.END), resume);
    }
}
