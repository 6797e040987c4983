package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.db.DbValue;
import peerserver.db.TransactionReport;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.DbValueRef;
import peerserver.wire.Keys;

/**
 * {@code with}: the db value that a transaction would make. Its t is speculative and never shows in {@code :dbs}, for the
 * client's connection would run ahead of the log.
 */
@Singleton
public class WithHandler implements OperationHandler {

    private final DbValues values;
    private final SpeculativeValues speculative;
    private final CheckedForms forms;

    @Inject
    WithHandler(DbValues values, SpeculativeValues speculative, CheckedForms forms) {
        this.values = values;
        this.speculative = speculative;
        this.forms = forms;
    }

    @Override
    public Operation operation() {
        return Operation.WITH;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        TransactionForm transaction = CheckedForms.transaction(context);
        DbValueRef ref = DbValueRef.from(context.request().asMap());
        String handle = ref.nextToken();
        if (handle == null || ref.asOf() != null || ref.since() != null || ref.history()) {
            throw AnomalyException.incorrect("with takes an unfiltered db value returned by with-db or by with");
        }
        Keyword ioContext = context.request().keyword(Keys.IO_CONTEXT);
        return values.of(context).thenApply(before -> {
            TransactionForm checked = forms.checked(context, transaction, before);
            return reply(context, before, handle, checked, before.with(checked, ioContext));
        });
    }

    private Map<Keyword, Object> reply(
            RequestContext context,
            DbValue before,
            String handle,
            TransactionForm transaction,
            TransactionReport report) {
        return Replies.transaction(
                report,
                Replies.descriptor(before, handle),
                Replies.descriptor(
                        report.dbAfter(), speculative.handleOfSpeculative(context, handle, transaction, report)));
    }
}
