package peerserver.form;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;

/**
 * Transaction data, parsed.
 *
 * @param data list and map forms, as Datomic's transaction data reference describes them
 */
public record TransactionForm(List<Object> data) {

    public TransactionForm {
        data = List.copyOf(data);
    }

    /**
     * Parses {@code :tx-data}.
     *
     * @throws AnomalyException {@code incorrect} when it is no collection of list and map forms
     */
    public static TransactionForm parse(@Nullable Object txData) {
        if (!(txData instanceof Collection<?> forms)) {
            throw AnomalyException.incorrect("Expected a collection of list and map forms for :tx-data");
        }
        if (forms.contains(null)) {
            throw AnomalyException.incorrect("Expected a list or map form in :tx-data, got nil");
        }
        return new TransactionForm(List.copyOf(forms));
    }
}
