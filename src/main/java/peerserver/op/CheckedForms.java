package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import peerserver.code.CodeCheck;
import peerserver.db.DbValue;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Keys;

/**
 * The forms of requests, parsed and checked: unless the code of the caller is trusted, they call nothing but what confined
 * code may. The one place where handlers get forms from, so the one place where that is seen to.
 */
@Singleton
public class CheckedForms {

    private final CodeCheck check;

    @Inject
    CheckedForms(CodeCheck check) {
        this.check = check;
    }

    /**
     * A query with the arguments to run it with.
     *
     * @param args as they came, references to db values among them
     */
    record Query(QueryForm form, List<? extends @Nullable Object> args) {}

    /**
     * The query of a request.
     *
     * @throws AnomalyException {@code incorrect} for what is no query, {@code forbidden} for code that the caller may not use
     */
    Query query(RequestContext context) {
        QueryForm form = QueryForm.parse(context.request().required(Keys.QUERY));
        List<?> args = context.request().requiredList(Keys.ARGS);
        return new Query(form, isTrusted(context) ? args : check.query(form, args));
    }

    /** The selector of a request; throws as {@link #query} does. */
    SelectorForm selector(RequestContext context) {
        SelectorForm selector = SelectorForm.parse(context.request().required(Keys.SELECTOR));
        if (!isTrusted(context)) {
            check.selector(selector);
        }
        return selector;
    }

    /** The transaction of a request, on its way to be checked by the db value that it is for. */
    static TransactionForm transaction(RequestContext context) {
        return TransactionForm.parse(context.request().value(Keys.TX_DATA));
    }

    /** That transaction, checked, as it is to be submitted; throws as {@link #query} does. */
    TransactionForm checked(RequestContext context, TransactionForm transaction, DbValue before) {
        return isTrusted(context) ? transaction : check.transaction(transaction, before);
    }

    private static boolean isTrusted(RequestContext context) {
        return context.caller().trustedCode();
    }
}
