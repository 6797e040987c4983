package peerserver.differential;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.IPersistentMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import peerserver.conformance.Clj;

/** Runs a case on both sides and holds the outcomes against each other. */
final class Comparison {

    private final Side wire;
    private final Side trusted;
    private final Side inProcess;
    private final UnaryOperator<Outcome> lasting;

    /**
     * A comparison.
     *
     * @param trusted over the wire, with a key whose code is trusted
     * @param lasting what there is to an outcome when the same transaction is done twice
     */
    Comparison(Side wire, Side trusted, Side inProcess, UnaryOperator<Outcome> lasting) {
        this.wire = wire;
        this.trusted = trusted;
        this.inProcess = inProcess;
        this.lasting = lasting;
    }

    void check(Case testCase) {
        if (testCase.refused()) {
            assertThat(wire.run(testCase))
                    .as("with a confined key: %s", testCase)
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.category())
                            .isEqualTo("forbidden"));
        }
        Outcome expected = lasting(testCase, expected(testCase));
        Side asked = testCase.trusted() ? trusted : wire;
        Outcome first = asked.run(testCase);
        Outcome actual = lasting(testCase, first);
        if (expected instanceof Outcome.Failed failed && failed.message() == null) {
            actual = actual.speechless();
        }
        if (testCase.findsRows() && !ordered(testCase) && expected instanceof Outcome.Answered all) {
            assertThat(actual).as("%s", testCase).isInstanceOf(Outcome.Answered.class);
            assertThat(Clj.list(((Outcome.Answered) actual).value()))
                    .as("%s", testCase)
                    .containsExactlyInAnyOrderElementsOf(Clj.list(all.value()));
        } else {
            assertThat(actual).as("%s", testCase).isEqualTo(expected);
        }
        if (testCase.findsRows()) {
            assertThat(asked.run(testCase)).as("again: %s", testCase).isEqualTo(first);
        }
    }

    private Outcome lasting(Case testCase, Outcome outcome) {
        return testCase.makesEntities() ? lasting.apply(outcome) : outcome;
    }

    private Outcome expected(Case testCase) {
        Difference differs = testCase.differs();
        Outcome direct = inProcess.run(testCase);
        if (differs == null) {
            return direct;
        }
        if (differs.client() != null && inProcess instanceof ClientApi) {
            // Before any client has looked at it: the same category, in words of its own.
            assertThat(direct)
                    .as("in process, through the same API: %s", testCase)
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.category())
                            .isEqualTo(differs.client().category()));
            return differs.client();
        }
        assertThat(direct)
                .as("in process, as documented: %s", testCase)
                .isInstanceOf(differs.failsInProcess() ? Outcome.Failed.class : Outcome.Answered.class);
        if (differs.client() != null) {
            return differs.client();
        }
        return inProcess.run(testCase.op(), (IPersistentMap) Clj.merge(testCase.args(), differs.inProcess()));
    }

    /** Whether rows come in the order of what the query finds: pulls are done later, and maps are made of rows. */
    private static boolean ordered(Case testCase) {
        Object query = testCase.arg("query");
        return !Data.mentions(query, Clj.edn("pull"))
                && Stream.of("keys", "strs", "syms").noneMatch(name -> Data.mentions(query, Clj.keyword(name)));
    }
}
