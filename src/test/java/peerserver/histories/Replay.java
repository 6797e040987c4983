package peerserver.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the log says: the lists at every t, which transaction is of which name, and what is wrong with the log itself. */
final class Replay {

    private final Map<String, TreeMap<Long, List<String>>> lists = new HashMap<>();
    private final Map<String, LoggedTransaction> named = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    Replay(List<LoggedTransaction> log) {
        long before = -1;
        for (LoggedTransaction transaction : log) {
            if (transaction.t() <= before) {
                violations.add("t " + transaction.t() + " comes after " + before + " in the log");
            }
            before = transaction.t();
            replay(transaction);
        }
    }

    private void replay(LoggedTransaction transaction) {
        long t = transaction.t();
        if (transaction.names().size() > 1) {
            violations.add("one transaction of several names: " + transaction);
        }
        for (String name : transaction.names()) {
            LoggedTransaction twice = named.put(name, transaction);
            if (twice != null) {
                violations.add("doubled: " + name + " at " + twice.t() + " and at " + t);
            }
        }
        transaction.added().forEach((list, elements) -> {
            List<String> now = new ArrayList<>(at(list, t));
            for (String element : elements) {
                if (now.contains(element)) {
                    violations.add("doubled: " + element + " in " + list + " at " + t);
                }
                now.add(element);
            }
            become(list, t, now);
        });
        transaction.replaced().forEach((list, now) -> {
            List<String> then = at(list, t);
            if (now.size() != then.size() + 1 || !now.subList(0, then.size()).equals(then)) {
                violations.add("lost update: " + list + " at " + t + " becomes " + now + " from " + then);
            }
            become(list, t, now);
        });
    }

    private void become(String list, long t, List<String> now) {
        lists.computeIfAbsent(list, key -> new TreeMap<>()).put(t, List.copyOf(now));
    }

    /** A list as it was at a t. */
    List<String> at(String list, long t) {
        var entry = lists.getOrDefault(list, new TreeMap<>()).floorEntry(t);
        return entry == null ? List.of() : entry.getValue();
    }

    /** The transaction that was given a name. */
    Optional<LoggedTransaction> transaction(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** Whether a transaction did what was asked, all of it and nothing else. */
    boolean whole(Appending asked) {
        LoggedTransaction made = Objects.requireNonNull(named.get(asked.name()));
        Map<String, List<String>> added = new HashMap<>();
        Map<String, List<String>> replaced = new HashMap<>();
        asked.elements().forEach((list, element) -> {
            List<String> guard = asked.guards().get(list);
            if (guard == null) {
                added.put(list, List.of(element));
            } else {
                List<String> longer = new ArrayList<>(guard);
                longer.add(element);
                replaced.put(list, longer);
            }
        });
        return made.added().equals(added) && made.replaced().equals(replaced);
    }

    List<String> names() {
        return List.copyOf(named.keySet());
    }

    List<String> violations() {
        return violations;
    }
}
