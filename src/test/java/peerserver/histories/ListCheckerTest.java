package peerserver.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories that are right, and histories in which one thing is wrong. */
class ListCheckerTest {

    private final ListHistory history = new ListHistory();
    private final List<LoggedTransaction> log = new ArrayList<>();

    /** Three transactions, one after another, and what two connections read between them. */
    ListCheckerTest() {
        append("a", 1, Map.of("plain", "a", "guarded", "a"), Map.of("guarded", List.of()), Outcome.MADE, 10);
        read(1, true, 10, Map.of("plain", List.of("a"), "guarded", List.of("a")));
        append("b", 2, Map.of("plain", "b", "guarded", "b"), Map.of("guarded", List.of("a")), Outcome.MADE, 20);
        append("c", 1, Map.of("plain", "c"), Map.of(), Outcome.UNKNOWN, 0);
        append("d", 1, Map.of("guarded", "d"), Map.of("guarded", List.of("a")), Outcome.REFUSED, 0);
        read(2, true, 30, Map.of("plain", List.of("a", "b", "c"), "guarded", List.of("a", "b")));
        log.add(transaction(10, "a", Map.of("plain", List.of("a")), Map.of("guarded", List.of("a"))));
        log.add(transaction(20, "b", Map.of("plain", List.of("b")), Map.of("guarded", List.of("a", "b"))));
        log.add(transaction(30, "c", Map.of("plain", List.of("c")), Map.of()));
    }

    private static LoggedTransaction transaction(
            long t, String name, Map<String, List<String>> added, Map<String, List<String>> replaced) {
        return new LoggedTransaction(t, List.of(name), added, replaced);
    }

    private void append(
            String name,
            int connection,
            Map<String, String> elements,
            Map<String, List<String>> guards,
            Outcome outcome,
            long t) {
        history.add(new Appending(name, connection, history.now(), history.now(), elements, guards, outcome, t));
    }

    private void read(int connection, boolean newest, long t, Map<String, List<String>> lists) {
        history.add(new Reading(connection, history.now(), history.now(), newest, 0, t, lists));
    }

    private void assertFound(String... beginnings) {
        List<String> violations = ListChecker.violations(history, log);
        assertThat(violations).isNotEmpty().allMatch(violation -> List.of(beginnings).stream()
                .anyMatch(violation::startsWith));
        for (String beginning : beginnings) {
            assertThat(violations).anyMatch(violation -> violation.startsWith(beginning));
        }
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(ListChecker.violations(history, log)).isEmpty();
    }

    @Test
    void whatIsUnknownMayBeThereOrNot() {
        append("e", 1, Map.of("plain", "e"), Map.of(), Outcome.UNKNOWN, 0);

        assertThat(ListChecker.violations(history, log)).isEmpty();
    }

    @Test
    void readingAnOlderValueAgainIsNoStepBack() {
        read(2, false, 10, Map.of("plain", List.of("a"), "guarded", List.of("a")));

        assertThat(ListChecker.violations(history, log)).isEmpty();
    }

    @Test
    void callsAtTheSameTimeMayComeInAnyOrder() {
        long begun = history.now();
        append("f", 1, Map.of("plain", "f"), Map.of(), Outcome.MADE, 50);
        history.add(new Appending("e", 2, begun, history.now(), Map.of("plain", "e"), Map.of(), Outcome.MADE, 40));
        log.add(transaction(40, "e", Map.of("plain", List.of("e")), Map.of()));
        log.add(transaction(50, "f", Map.of("plain", List.of("f")), Map.of()));

        assertThat(ListChecker.violations(history, log)).isEmpty();
    }

    @Test
    void findsALostUpdate() {
        append("e", 1, Map.of("guarded", "e"), Map.of("guarded", List.of("a")), Outcome.MADE, 40);
        log.add(transaction(40, "e", Map.of(), Map.of("guarded", List.of("a", "e"))));

        assertFound("lost update");
    }

    @Test
    void findsALostUpdateWithoutTheLogToo() {
        read(1, true, 40, Map.of("guarded", List.of("a", "e")));

        assertFound("stale or mixed", "no prefix of each other");
    }

    @Test
    void findsALostAppend() {
        append("e", 1, Map.of("plain", "e"), Map.of(), Outcome.MADE, 40);

        assertFound("lost: ");
    }

    @Test
    void findsADoubledAppend() {
        log.add(transaction(40, "c", Map.of("plain", List.of("c")), Map.of()));

        assertFound("doubled");
    }

    @Test
    void findsATransactionThatWasMadeTwiceAndLeavesNothingButItsName() {
        log.add(transaction(40, "c", Map.of(), Map.of()));

        assertFound("doubled: c at 30 and at 40", "not as it was asked for");
    }

    @Test
    void findsHalfATransaction() {
        append("e", 1, Map.of("plain", "e", "other", "e"), Map.of(), Outcome.MADE, 40);
        log.add(transaction(40, "e", Map.of("other", List.of("e")), Map.of()));

        assertFound("not as it was asked for");
    }

    @Test
    void findsWhatWasRefusedAndYetIsThere() {
        append("e", 1, Map.of("plain", "e"), Map.of(), Outcome.REFUSED, 0);
        log.add(transaction(40, "e", Map.of("plain", List.of("e")), Map.of()));

        assertFound("refused, but made");
    }

    @Test
    void findsTwoAnswersToOneTransaction() {
        append("a", 1, Map.of("plain", "a", "guarded", "a"), Map.of("guarded", List.of()), Outcome.MADE, 11);
        append("b", 2, Map.of("plain", "b", "guarded", "b"), Map.of("guarded", List.of("a")), Outcome.REFUSED, 0);

        assertFound("acknowledged with another t", "made and refused", "refused, but made");
    }

    @Test
    void findsWhatNobodySent() {
        log.add(transaction(40, "x", Map.of("plain", List.of("x")), Map.of()));

        assertFound("nobody sent");
    }

    @Test
    void findsAStaleReading() {
        read(2, true, 30, Map.of("plain", List.of("a", "b")));

        assertFound("stale or mixed", "no prefix of each other");
    }

    @Test
    void findsAReadingOfListsAtDifferentTimes() {
        read(2, true, 30, Map.of("plain", List.of("a", "b", "c"), "guarded", List.of("a")));

        assertFound("stale or mixed", "no prefix of each other");
    }

    @Test
    void findsAConnectionThatGoesBack() {
        read(2, true, 20, Map.of("plain", List.of("a", "b")));

        assertFound("back from 30");
    }

    @Test
    void findsAConnectionThatDoesNotSeeItsOwnTransaction() {
        append("e", 1, Map.of("plain", "e"), Map.of(), Outcome.MADE, 40);
        log.add(transaction(40, "e", Map.of("plain", List.of("e")), Map.of()));
        read(1, true, 30, Map.of("plain", List.of("a", "b", "c")));

        assertFound("back from 40");
    }

    @Test
    void findsAValueOlderThanWasAskedFor() {
        history.add(new Reading(3, history.now(), history.now(), true, 20, 10, Map.of("plain", List.of("a"))));

        assertFound("older than was asked for");
    }

    @Test
    void findsATransactionBeforeOneThatWasAcknowledgedWhenItBegan() {
        append("e", 3, Map.of("plain", "e"), Map.of(), Outcome.MADE, 50);
        append("f", 4, Map.of("other", "f"), Map.of(), Outcome.UNKNOWN, 0);
        log.add(transaction(40, "f", Map.of("other", List.of("f")), Map.of()));
        log.add(transaction(50, "e", Map.of("plain", List.of("e")), Map.of()));

        assertFound("at 40, although it began when 50 was acknowledged");
    }

    @Test
    void findsALogWhoseTimesGoBack() {
        log.add(transaction(25, "e", Map.of(), Map.of()));

        assertFound("t 25 comes after 30", "nobody sent");
    }
}
