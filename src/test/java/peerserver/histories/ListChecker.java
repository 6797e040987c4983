package peerserver.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a history of lists against what Datomic guarantees. Transactions have one order, that of their t, which is also
 * that of real time; a database value is exactly what the transactions up to its t have made; a connection never goes back
 * and sees what it has written; what was acknowledged is there, once and whole, and what was refused is not.
 */
final class ListChecker {

    private final ListHistory history;
    private final Replay replay;
    private final List<String> violations = new ArrayList<>();

    private ListChecker(ListHistory history, List<LoggedTransaction> log) {
        this.history = history;
        this.replay = new Replay(log);
    }

    /** What is wrong; nothing if the history is as it has to be. */
    static List<String> violations(ListHistory history, List<LoggedTransaction> log) {
        ListChecker checker = new ListChecker(history, log);
        checker.violations.addAll(checker.replay.violations());
        checker.checkOutcomes();
        checker.checkRealTime();
        checker.checkReadings();
        checker.checkConnections();
        checker.checkPrefixes();
        return checker.violations;
    }

    private void violated(String what, Object by) {
        violations.add(what + ": " + by);
    }

    private void checkOutcomes() {
        Map<String, List<Appending>> byName =
                history.appendings().stream().collect(Collectors.groupingBy(Appending::name));
        byName.forEach(this::checkOutcome);
        Set<String> invented = replay.names().stream()
                .filter(name -> !byName.containsKey(name))
                .collect(Collectors.toSet());
        if (!invented.isEmpty()) {
            violated("nobody sent", invented);
        }
    }

    /** A transaction and all attempts to make it: whoever sends it again is to be told the same. */
    private void checkOutcome(String name, List<Appending> attempts) {
        Set<Outcome> outcomes = attempts.stream().map(Appending::outcome).collect(Collectors.toSet());
        if (outcomes.containsAll(Set.of(Outcome.MADE, Outcome.REFUSED))) {
            violated("made and refused", attempts);
        }
        replay.transaction(name)
                .ifPresentOrElse(
                        made -> {
                            if (outcomes.contains(Outcome.REFUSED)) {
                                violated("refused, but made", attempts);
                            }
                            attempts.stream()
                                    .filter(attempt -> attempt.outcome() == Outcome.MADE && attempt.t() != made.t())
                                    .forEach(attempt ->
                                            violated("acknowledged with another t than " + made.t(), attempt));
                            if (!replay.whole(attempts.get(0))) {
                                violated("not as it was asked for: " + made, attempts.get(0));
                            }
                        },
                        () -> {
                            if (outcomes.contains(Outcome.MADE)) {
                                violated("lost", attempts);
                            }
                        });
    }

    /** What begins when something has ended comes after it. */
    private void checkRealTime() {
        List<Appending> made = history.appendings().stream()
                .filter(appending -> appending.outcome() == Outcome.MADE)
                .sorted(Comparator.comparingLong(Appending::completed))
                .toList();
        List<Appending> begun = firstAttempts().stream()
                .sorted(Comparator.comparingLong(Appending::invoked))
                .toList();
        long ended = 0;
        int next = 0;
        for (Appending appending : begun) {
            for (; next < made.size() && made.get(next).completed() < appending.invoked(); next++) {
                ended = Math.max(ended, made.get(next).t());
            }
            long t = replay.transaction(appending.name())
                    .map(LoggedTransaction::t)
                    .orElse(Long.MAX_VALUE);
            if (t <= ended) {
                violated("at " + t + ", although it began when " + ended + " was acknowledged", appending);
            }
        }
    }

    private List<Appending> firstAttempts() {
        Map<String, Appending> first = new HashMap<>();
        history.appendings()
                .forEach(appending -> first.merge(
                        appending.name(), appending, (one, other) -> one.invoked() < other.invoked() ? one : other));
        return List.copyOf(first.values());
    }

    private void checkReadings() {
        for (Reading reading : history.readings()) {
            reading.lists().forEach((list, found) -> {
                List<String> right = replay.at(list, reading.t());
                if (!found.equals(right)) {
                    violated("stale or mixed: " + list + " at " + reading.t() + " was " + right, reading);
                }
            });
            if (reading.t() < reading.atLeast()) {
                violated("older than was asked for", reading);
            }
        }
    }

    /** What a connection was told, when, and what it asks for. */
    private record Step(long invoked, long completed, long t, boolean told, boolean asked, Object what) {}

    private void checkConnections() {
        Stream<Map.Entry<Integer, Step>> steps = Stream.concat(
                history.readings().stream()
                        .map(r -> Map.entry(
                                r.connection(),
                                new Step(r.invoked(), r.completed(), r.t(), r.newest(), r.newest(), r))),
                history.appendings().stream()
                        .map(a -> Map.entry(
                                a.connection(),
                                new Step(a.invoked(), a.completed(), a.t(), a.outcome() == Outcome.MADE, false, a))));
        steps.collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
                .values()
                .forEach(this::checkConnection);
    }

    private void checkConnection(List<Step> steps) {
        List<Step> told = steps.stream()
                .filter(Step::told)
                .sorted(Comparator.comparingLong(Step::completed))
                .toList();
        List<Step> asked = steps.stream()
                .filter(Step::asked)
                .sorted(Comparator.comparingLong(Step::invoked))
                .toList();
        long newest = 0;
        int next = 0;
        for (Step step : asked) {
            for (; next < told.size() && told.get(next).completed() < step.invoked(); next++) {
                newest = Math.max(newest, told.get(next).t());
            }
            if (step.t() < newest) {
                violated("back from " + newest, step.what());
            }
        }
    }

    /** The log put aside: of one list, any reading begins with all shorter ones, and the shorter is the older. */
    private void checkPrefixes() {
        Map<String, List<Map.Entry<Long, List<String>>>> byList = new HashMap<>();
        history.readings().forEach(reading -> reading.lists()
                .forEach((list, found) ->
                        byList.computeIfAbsent(list, key -> new ArrayList<>()).add(Map.entry(reading.t(), found))));
        byList.forEach((list, found) -> {
            found.sort(Map.Entry.comparingByKey());
            List<String> before = List.of();
            for (Map.Entry<Long, List<String>> reading : found) {
                List<String> now = reading.getValue();
                if (now.size() < before.size() || !now.subList(0, before.size()).equals(before)) {
                    violated("no prefix of each other: " + list + " at " + reading.getKey(), before + " and " + now);
                }
                before = now;
            }
        });
    }
}
