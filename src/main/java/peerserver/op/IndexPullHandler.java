package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import peerserver.db.DbValue;
import peerserver.db.IndexPull;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.form.SelectorForm;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/** {@code index-pull}: walks AVET or AEVT from {@code :start} and pulls what it meets. */
@Singleton
public class IndexPullHandler extends IndexHandler {

    private final CheckedForms forms;

    @Inject
    IndexPullHandler(Iterations iterations, DbValues values, CheckedForms forms) {
        super(iterations, values);
        this.forms = forms;
    }

    @Override
    public Operation operation() {
        return Operation.INDEX_PULL;
    }

    @Override
    Rows read(DbValue value, RequestContext context, Resume resume) {
        Fields request = context.request();
        SelectorForm selector = request.has(Keys.SELECTOR) ? forms.selector(context) : null;
        return value.indexPull(
                new IndexPull(
                        request.value(Keys.INDEX), selector, request.value(Keys.START), request.flag(Keys.REVERSE)),
                resume);
    }
}
