package peerserver.histories;

import java.util.List;
import java.util.Map;

/**
 * What the log tells of a transaction.
 *
 * @param names that it was given: one, if nothing is wrong
 * @param added elements that were added, by list
 * @param replaced what guarded lists became
 */
record LoggedTransaction(
        long t, List<String> names, Map<String, List<String>> added, Map<String, List<String>> replaced) {

    LoggedTransaction {
        names = List.copyOf(names);
        added = Map.copyOf(added);
        replaced = Map.copyOf(replaced);
    }
}
