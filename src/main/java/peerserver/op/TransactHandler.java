package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import peerserver.db.NamedDatabase;
import peerserver.db.TransactionReport;
import peerserver.form.TransactionForm;
import peerserver.security.Right;
import peerserver.wire.DbValueRef;
import peerserver.wire.Keys;

/**
 * {@code transact}: {@code :tx-data} becomes part of the database. Past its deadline the caller is told so; whether the
 * transaction was made is then unknown.
 */
@Singleton
public class TransactHandler implements OperationHandler {

    private final DbValues values;

    @Inject
    TransactHandler(DbValues values) {
        this.values = values;
    }

    @Override
    public Operation operation() {
        return Operation.TRANSACT;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        TransactionForm transaction = TransactionForm.parse(context.request().value(Keys.TX_DATA));
        NamedDatabase database = values.database(
                context.caller(), DbValueRef.from(context.request().asMap()), Right.WRITE);
        return context.deadline()
                .bound(database.transact(transaction, context.request().keyword(Keys.IO_CONTEXT)))
                .thenApply(TransactHandler::reply);
    }

    private static Map<Keyword, Object> reply(TransactionReport report) {
        Map<Keyword, Object> after = Replies.descriptor(report.dbAfter());
        return Replies.advancing(Replies.transaction(report, Replies.descriptor(report.dbBefore()), after), after);
    }
}
