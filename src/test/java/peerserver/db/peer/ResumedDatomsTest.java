package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peerserver.db.DbValue;
import peerserver.db.Index;
import peerserver.db.IndexScan;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.Datom;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumedDatomsTest {

    private final TestDatabase database = Everything.database();
    private final long t = database.value().basisT();
    private final Map<String, DbValue> views = Map.of(
            "now", database.value(),
            "history", database.value().history(),
            "as-of", database.value().asOf(t - 3),
            "since", database.value().since(t - 2),
            "since in history", database.value().since(t - 3).history());

    @AfterAll
    void close() {
        database.close();
    }

    private static Rows datoms(DbValue value, Index index, List<Object> components) {
        return value.datoms(new IndexScan(index, components), Resume.atRow(0));
    }

    /** Every prefix of the components of the datoms that the test made, with the transaction as the last. */
    private static Set<List<Object>> prefixes(DbValue value, Index index, Set<Object> entities) {
        Set<List<Object>> prefixes = new HashSet<>();
        datoms(value, index, List.of()).forEachRemaining(row -> {
            Datom datom = (Datom) row;
            List<Object> components = new ArrayList<>(index.components(datom));
            components.add(datom.tx());
            if (entities.contains(datom.e())) {
                for (int length = 1; length <= components.size(); length++) {
                    prefixes.add(List.copyOf(components.subList(0, length)));
                }
            }
        });
        return prefixes;
    }

    private Set<Object> entities() {
        Set<Object> entities = new HashSet<>();
        datoms(database.value(), Index.AEVT, List.of(TestDatabase.key("a/id")))
                .forEachRemaining(row -> entities.add(((Datom) row).e()));
        assertThat(entities).hasSize(6);
        return entities;
    }

    @ParameterizedTest
    @EnumSource
    void everyPrefixOfAnIndexResumesAtEveryRow(Index index) {
        Set<Object> entities = entities();
        views.forEach((name, view) -> {
            Set<List<Object>> prefixes = prefixes(view, index, entities);
            assertThat(prefixes).as(name).hasSizeGreaterThan(3);
            for (List<Object> prefix : prefixes) {
                Reading.assertResumesAtEveryRow(
                        name + " " + index + " " + prefix, resume -> view.datoms(new IndexScan(index, prefix), resume));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aWholeIndexResumesAtEveryRow(Index index) {
        DbValue history = database.value().history();

        assertThat(Reading.assertResumesAtEveryRow(
                        index.name(), resume -> history.datoms(new IndexScan(index, List.of()), resume)))
                .isGreaterThan(50);
    }

    @Test
    void componentsMayBeNamedAsTheEngineAllows() {
        List<Object> components = List.of(TestDatabase.key("a/many"), TestDatabase.read("[:a/id '1']"));

        assertThat(Reading.assertResumesAtEveryRow(
                        "by names", resume -> database.value().datoms(new IndexScan(Index.AEVT, components), resume)))
                .isEqualTo(4);
    }
}
