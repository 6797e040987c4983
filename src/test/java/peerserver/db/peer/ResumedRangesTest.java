package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peerserver.db.DbValue;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Datom;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumedRangesTest {

    private final TestDatabase database = Everything.database();
    private final long t = database.value().basisT();
    private final Map<String, DbValue> views = Map.of(
            "now", database.value(),
            "history", database.value().history(),
            "as-of", database.value().asOf(t - 3),
            "since", database.value().since(t - 3));

    @AfterAll
    void close() {
        database.close();
    }

    static Stream<String> attributes() {
        return Everything.INDEXED.stream();
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void everyRangeOfValuesResumesAtEveryRow(String attribute) {
        Object a = TestDatabase.read(attribute);
        Set<Object> values = new LinkedHashSet<>();
        Rows rows = database.value().history().indexRange(a, null, null, Resume.atRow(0));
        rows.forEachRemaining(row -> values.add(((Datom) row).v()));
        List<@Nullable Object> bounds = new ArrayList<>(values);
        bounds.add(null);
        assertThat(bounds).hasSizeGreaterThan(1);

        views.forEach((name, view) -> {
            for (Object start : bounds) {
                for (Object end : bounds) {
                    Reading.assertResumesAtEveryRow(
                            name + " " + a + " " + start + " " + end, resume -> view.indexRange(a, start, end, resume));
                }
            }
        });
    }

    /** As a forged token may resume it. */
    @Test
    void aRangeOfWhatIsNoAttributeIsRefusedWhereverItResumes() {
        Object a = TestDatabase.read(Everything.INDEXED.get(0));
        Datom first = (Datom)
                database.value().indexRange(a, null, null, Resume.atRow(0)).next();
        Rows resumed = database.value().indexRange("no-keyword", null, null, new Resume(1, first));

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> resumed.forEachRemaining(row -> {}))
                .withMessageContaining("no-keyword")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    @Test
    void everyRangeOfTransactionsResumesAtEveryRow() {
        try (PeerDatabase served = database.open(5)) {
            for (Object start : new @Nullable Object[] {null, t - 3, t}) {
                for (Object end : new @Nullable Object[] {null, t - 1, t + 1, t + 1_000}) {
                    Reading.assertResumesAtEveryRow(
                            "log from " + start + " to " + end, resume -> served.txRange(start, end, resume));
                }
            }
            assertThat(Reading.all(served.txRange(null, null, Resume.atRow(0)))).hasSizeGreaterThan(4);
        }
    }
}
