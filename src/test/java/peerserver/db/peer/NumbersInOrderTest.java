package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.Index;
import peerserver.db.IndexScan;

/** Numbers that the engine takes for equal though they differ. */
class NumbersInOrderTest {

    private final TestDatabase database = new TestDatabase(
            TestDatabase.schema(":n/double double :db/index true", ":n/bigdec bigdec :db/index true"), """
            [{:n/double 0.0 :n/bigdec 1.0M} {:n/double -0.0 :n/bigdec 1.00M} {:n/double 0.0 :n/bigdec 1M}
             {:n/double -0.0 :n/bigdec 1.000M} {:n/double 1.0 :n/bigdec 2M} {:n/double -1.0 :n/bigdec 0M}]
            """);

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[:n/double]", "[:n/double 0.0]", "[:n/double -0.0]", "[:n/bigdec]", "[:n/bigdec 1.0M]"})
    void readingsOfThemResumeAtEveryRow(String components) {
        List<Object> prefix = List.copyOf(TestDatabase.list(components));

        assertThat(Reading.assertResumesAtEveryRow(
                        components, resume -> database.value().datoms(new IndexScan(Index.AVET, prefix), resume)))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[:n/double nil]", "[:n/double 0.0]", "[:n/double -0.0]", "[:n/bigdec nil]", "[:n/bigdec 1.0M]"})
    void rangesOfThemResumeAtEveryRow(String range) {
        List<?> from = TestDatabase.list(range);

        assertThat(Reading.assertResumesAtEveryRow(
                        range, resume -> database.value().indexRange(from.get(0), from.get(1), null, resume)))
                .isPositive();
    }

    @Test
    void rangesWithNaNResumeAtEveryRow() {
        Object attribute = TestDatabase.key("n/double");
        for (double n : new double[] {Double.NaN, 2.0, Double.NaN, 3.0}) {
            database.transact(List.of(Map.of(attribute, n)));
        }
        assertThat(Reading.assertResumesAtEveryRow(
                        "NaN", resume -> database.value().indexRange(attribute, null, null, resume)))
                .isEqualTo(10);
    }

    @Test
    void queriesGiveEachOfThem() {
        assertThat(Reading.all(TestDatabase.query(database.value(), "[:find ?e ?n :where [?e :n/bigdec ?n]]")
                        .rows()))
                .hasSize(6);
    }
}
