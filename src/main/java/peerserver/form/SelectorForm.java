package peerserver.form;

import java.util.List;
import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;

/**
 * A pull selector, parsed.
 *
 * @param pattern the pattern, as Datomic's pull reference describes it
 */
public record SelectorForm(List<?> pattern) {

    /**
     * Parses {@code :selector}, given as data or as EDN text.
     *
     * @throws AnomalyException {@code incorrect} when it is no vector or list
     */
    public static SelectorForm parse(@Nullable Object selector) {
        Object form = selector instanceof String text ? EdnCodec.readString(text) : selector;
        if (!(form instanceof List<?> pattern)) {
            throw AnomalyException.incorrect("Expected a vector for :selector");
        }
        return new SelectorForm(pattern);
    }
}
