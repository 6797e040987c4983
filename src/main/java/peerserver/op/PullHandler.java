package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.form.SelectorForm;
import peerserver.wire.Keys;

/**
 * {@code pull}: what {@code :selector} selects of the entity {@code :eid}. With {@code :io-context} the result is a map of
 * {@code :ret} and {@code :io-stats}, as the Client API documents.
 */
@Singleton
public class PullHandler implements OperationHandler {

    private final DbValues values;
    private final CheckedForms forms;

    @Inject
    PullHandler(DbValues values, CheckedForms forms) {
        this.values = values;
        this.forms = forms;
    }

    @Override
    public Operation operation() {
        return Operation.PULL;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        SelectorForm selector = forms.selector(context);
        Object entity = context.request().required(Keys.EID);
        Keyword ioContext = context.request().keyword(Keys.IO_CONTEXT);
        return values.of(context).thenApply(value -> Replies.result(value.pull(selector, entity, ioContext)));
    }
}
