package peerserver.form;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;

/**
 * Transaction data, parsed.
 *
 * @param data list and map forms, as Datomic's transaction data reference describes them
 */
public record TransactionForm(List<@Nullable Object> data) {

    public TransactionForm {
        // Not List.copyOf: that a form is nil is for the engine to say.
        data = Collections.unmodifiableList(new ArrayList<>(data));
    }

    /**
     * Parses {@code :tx-data}.
     *
     * @throws AnomalyException {@code incorrect} when it is no collection
     */
    public static TransactionForm parse(@Nullable Object txData) {
        if (!(txData instanceof Collection<?> forms)) {
            throw AnomalyException.incorrect("Expected a collection of list and map forms for :tx-data");
        }
        return new TransactionForm(new ArrayList<>(forms));
    }
}
