package peerserver.histories;

import java.util.List;
import java.util.Map;

/**
 * What was read of several lists in one database value.
 *
 * @param connection whose value it was
 * @param invoked when the value was asked for, by a clock that all processes share
 * @param completed when everything was read
 * @param newest whether the newest value was asked for, and not an older one again
 * @param atLeast the t that the value had to have come to
 * @param t of the value
 * @param lists what was found, by list
 */
record Reading(
        int connection,
        long invoked,
        long completed,
        boolean newest,
        long atLeast,
        long t,
        Map<String, List<String>> lists) {

    Reading {
        lists = Map.copyOf(lists);
    }
}
