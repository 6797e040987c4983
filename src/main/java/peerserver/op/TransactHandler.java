package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import peerserver.db.NamedDatabase;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.DbValueRef;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/**
 * {@code transact}: {@code :tx-data} becomes part of the database, once for each {@code :tx-id}. Past its deadline the
 * caller is told so; whether the transaction was made is then unknown, until it is sent again under its id.
 */
@Singleton
public class TransactHandler implements OperationHandler {

    private static final Pattern TX_ID = Pattern.compile("[!-~]{1,256}");

    private final DbValues values;
    private final RecentTransactions recent;
    private final CheckedForms forms;

    @Inject
    TransactHandler(DbValues values, RecentTransactions recent, CheckedForms forms) {
        this.values = values;
        this.recent = recent;
        this.forms = forms;
    }

    @Override
    public Operation operation() {
        return Operation.TRANSACT;
    }

    @Override
    public CompletionStage<Map<Keyword, Object>> handle(RequestContext context) {
        Fields request = context.request();
        TransactionForm parsed = CheckedForms.transaction(context);
        Keyword ioContext = request.keyword(Keys.IO_CONTEXT);
        String txId = txId(request);
        NamedDatabase database = values.toTransact(context, DbValueRef.from(request.asMap()));
        TransactionForm transaction = forms.checked(
                context, parsed, database.current().askedBy(context.caller().name()));
        return txId == null
                ? database.transact(transaction, ioContext).thenApply(Replies::transacted)
                : recent.once(
                        context.caller(),
                        database,
                        txId,
                        Fingerprint.of(parsed.data()),
                        () -> database.transact(transaction, ioContext));
    }

    /** The id of the transaction: a UUID, as the client makes them, or a short text. */
    private static @Nullable String txId(Fields request) {
        Object id = request.value(Keys.TX_ID);
        if (id == null) {
            return null;
        }
        if (id instanceof UUID
                || (id instanceof String text && TX_ID.matcher(text).matches())) {
            return id.toString();
        }
        throw AnomalyException.incorrect(
                "Expected a UUID, or a string of 1 to 256 visible ASCII characters, for " + Keys.TX_ID);
    }
}
