package peerserver.histories;

import java.util.List;
import java.util.Map;

/**
 * A call that was to append to several lists in one transaction.
 *
 * @param name of the transaction, which it leaves in the log; a call that sends it again has the same name
 * @param connection whose call it was
 * @param invoked when the call began, by a clock that all processes share
 * @param completed when it ended
 * @param elements what was to be appended, by list
 * @param guards of lists that are appended to only if they are as the caller read them: what they were
 * @param outcome what the caller knows
 * @param t of the transaction, when it was made; else 0
 */
record Appending(
        String name,
        int connection,
        long invoked,
        long completed,
        Map<String, String> elements,
        Map<String, List<String>> guards,
        Outcome outcome,
        long t) {

    Appending {
        elements = Map.copyOf(elements);
        guards = Map.copyOf(guards);
    }
}
