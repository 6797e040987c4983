package peerserver.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import peerserver.differential.CaseReader.Section;

/** The list of cases: what the references of query, pull, indexes, time and transactions say, and what was found since. */
class DifferentialIT {

    static final List<String> LISTS = List.of(
            "queries.edn",
            "functions.edn",
            "reference.edn",
            "pulls.edn",
            "indexes.edn",
            "times.edn",
            "values.edn",
            "transactions.edn",
            "speculations.edn",
            "transaction-functions.edn",
            "counterexamples.edn");

    private static final int FEWEST_CASES = 300;

    @TestFactory
    Stream<DynamicNode> bothSidesAgree() {
        return tests(Databases.peerLibrary());
    }

    @TestFactory
    Stream<DynamicNode> bothSidesAgreeOnLocal() {
        return tests(Databases.local());
    }

    private static Stream<DynamicNode> tests(Comparison comparison) {
        return LISTS.stream()
                .map(list -> dynamicContainer(
                        list, CaseReader.sections(list).stream().map(section -> tests(section, comparison))));
    }

    private static DynamicNode tests(Section section, Comparison comparison) {
        return dynamicContainer(
                section.title(),
                section.cases().stream()
                        .map(testCase -> dynamicTest(testCase.name(), () -> comparison.check(testCase))));
    }

    @Test
    void theListIsLongAndItsNamesAreUnique() {
        List<String> names = LISTS.stream()
                .flatMap(list -> CaseReader.sections(list).stream())
                .flatMap(section -> section.cases().stream())
                .map(Case::name)
                .toList();

        assertThat(names).hasSizeGreaterThanOrEqualTo(FEWEST_CASES).doesNotHaveDuplicates();
    }
}
