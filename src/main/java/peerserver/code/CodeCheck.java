package peerserver.code;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import peerserver.config.CodeConfig;
import peerserver.db.DbValue;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;

/**
 * Checks forms of callers whose code is confined. Each check throws an {@link AnomalyException}: {@code forbidden} and
 * naming the symbol for code that is not allowed, {@code incorrect} for a form that no reference of Datomic documents.
 */
@Singleton
public class CodeCheck {

    private final AllowedCode allowed;
    private final QueryCheck queries;
    private final SelectorCheck selectors;

    @Inject
    CodeCheck(CodeConfig config) {
        this(config, Objects.requireNonNull(Thread.currentThread().getContextClassLoader()));
    }

    /** A check by that configuration, and by the {@code datomic/extensions.edn} that a class loader finds. */
    public CodeCheck(CodeConfig config, ClassLoader extensions) {
        this.allowed = AllowedCode.of(config.allowed(), Extensions.xforms(extensions));
        this.queries = new QueryCheck(allowed);
        this.selectors = new SelectorCheck(allowed);
    }

    /**
     * Checks a query with its arguments.
     *
     * @return the arguments to run it with: rules and selectors that came as text are parsed
     */
    public List<@Nullable Object> query(QueryForm query, List<?> args) {
        return queries.query(query, args);
    }

    /** Checks a selector. */
    public void selector(SelectorForm selector) {
        selectors.check(selector.pattern());
    }

    /**
     * Checks a transaction.
     *
     * @param value the value that it is for, by which its attributes are resolved
     * @return the transaction to submit, which does the same
     */
    public TransactionForm transaction(TransactionForm transaction, DbValue value) {
        return transaction.data().isEmpty()
                ? transaction
                : new TransactionCheck(allowed, new CodeAttributes(value)).check(transaction, value);
    }
}
