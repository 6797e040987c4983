package peerserver.op;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Texts that all nodes of a cluster see, by their ids, for as long as outcomes of transactions are remembered. Nothing here
 * waits; what cannot be had in time fails.
 */
public interface SharedOutcomes {

    /** Whether there is such a place. */
    boolean there();

    /**
     * Puts a text where there is none.
     *
     * @return the text that was there, or null
     */
    CompletionStage<@Nullable String> putIfAbsent(String caller, String id, String text);

    /** The text under an id, or null. */
    CompletionStage<@Nullable String> find(String caller, String id);

    /** Puts a text in the place of whatever is there. */
    CompletionStage<?> put(String caller, String id, String text);

    /** Puts a text in the place of another, if that is there still. */
    CompletionStage<?> replace(String caller, String id, String before, String text);

    /** Takes a text away, if it is there still. */
    CompletionStage<?> remove(String caller, String id, String text);
}
