package peerserver.differential;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Symbol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peerserver.conformance.Clj;

/** That every example of the documentation has a case, which {@link DifferentialIT} runs with a key whose code is confined. */
class ReferenceIndexTest {

    private static final int FEWEST_EXAMPLES = 100;

    /** Cases that show what confined code may not do; the documentation has them as Java, and as functions of one's own. */
    private static final Set<String> TRUSTED_ONLY = Set.of("a static method", "eval is not allowed");

    private final Map<String, Case> cases = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private int examples;

    ReferenceIndexTest() {
        DifferentialIT.LISTS.stream()
                .flatMap(list -> CaseReader.sections(list).stream())
                .flatMap(section -> section.cases().stream())
                .forEach(each -> cases.put(each.name(), each));
        for (Object entry : Clj.list(CaseReader.read("reference-index.edn"))) {
            if (!(entry instanceof String)) {
                examples++;
                List<Object> names = Clj.list(entry);
                names.subList(1, names.size()).forEach(this::show);
            }
        }
    }

    private void show(Object where) {
        if (where instanceof Symbol suite) {
            assertThat(ClassLoader.getSystemResource(suite.getName().replace('.', '/') + ".class"))
                    .as("%s", suite)
                    .isNotNull();
        } else {
            shown.add((String) where);
        }
    }

    @Test
    void everyExampleHasACase() {
        assertThat(examples).isGreaterThan(FEWEST_EXAMPLES);
        assertThat(cases.keySet()).containsAll(shown);
    }

    @Test
    void itsCaseRunsWithAConfinedKeyUnlessItCallsJavaOrCodeOfOnesOwn() {
        assertThat(shown).allSatisfy(name -> {
            Case testCase = cases.get(name);
            assertThat(testCase.refused() || TRUSTED_ONLY.contains(name))
                    .as(name)
                    .isEqualTo(testCase.trusted());
        });
    }

    @Test
    void everyCaseOfTheReferenceIsInTheIndex() {
        assertThat(CaseReader.sections("reference.edn"))
                .flatExtracting(CaseReader.Section::cases)
                .extracting(Case::name)
                .allMatch(shown::contains, "in reference-index.edn");
    }
}
