package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import peerserver.db.DbValue;
import peerserver.db.Index;
import peerserver.db.IndexPull;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.form.SelectorForm;
import peerserver.wire.AnomalyException;
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
        Index index = Index.named(request.required(Keys.INDEX))
                .filter(named -> named == Index.AVET || named == Index.AEVT)
                .orElseThrow(() -> AnomalyException.incorrect("Expected :avet or :aevt for :index"));
        List<?> start = request.requiredList(Keys.START);
        if (start.isEmpty() || start.contains(null)) {
            throw AnomalyException.incorrect("Expected a vector with at least the attribute, and no nil, for :start");
        }
        SelectorForm selector = forms.selector(context);
        return value.indexPull(
                new IndexPull(index, selector, new ArrayList<>(start), request.flag(Keys.REVERSE)), resume);
    }
}
