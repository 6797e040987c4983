package peerserver.code;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    private final int maxText;

    @Inject
    CodeCheck(CodeConfig config) {
        this(config, Objects.requireNonNull(Thread.currentThread().getContextClassLoader()));
    }

    /** A check by that configuration, and by the {@code datomic/extensions.edn} that a class loader finds. */
    public CodeCheck(CodeConfig config, ClassLoader extensions) {
        this.allowed = AllowedCode.of(config.allowed(), Extensions.xforms(extensions));
        this.queries = new QueryCheck(allowed);
        this.selectors = new SelectorCheck(allowed);
        this.maxText = config.maxText();
    }

    /**
     * Checks a query with its arguments.
     *
     * @return the arguments to run it with: rules and selectors that came as text are parsed
     */
    public List<@Nullable Object> query(QueryForm query, List<?> args) {
        texts(query.sections());
        texts(args);
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
        if (transaction.data().isEmpty()) {
            return transaction;
        }
        texts(transaction.data());
        return new TransactionCheck(allowed, new CodeAttributes(value)).check(transaction, value);
    }

    /** Checks that no text in a form, or in what is given to it, is too long. */
    private void texts(@Nullable Object form) {
        if (form instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                texts(key);
                texts(value);
            });
        } else if (form instanceof Collection<?> items) {
            items.forEach(this::texts);
        } else if (length(form) > maxText) {
            throw AnomalyException.incorrect(
                    "The code of this access key is confined, and a text or byte array is longer than " + maxText
                            + ", which the server allows for it");
        }
    }

    private static int length(@Nullable Object form) {
        return form instanceof String text ? text.length() : form instanceof byte[] bytes ? bytes.length : 0;
    }
}
