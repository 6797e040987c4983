package peerserver.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.db.QueryRows;
import peerserver.db.Rows;

class LiveRowsTest {

    private static final TestOwner OWNER = TestOwner.of("key", "secret");

    private final LiveRows live = new LiveRows(IterationConfig.from(new MapConfig(Map.of())));

    private static Rows movable() {
        return new QueryRows(List.of(List.of(0L), List.of(1L), List.of(2L)), UnaryOperator.identity());
    }

    @Test
    void whoeverTakesRowsHasThemAlone() {
        Rows rows = new Once(List.<Object>of(0L, 1L).iterator());
        live.keep(OWNER, "iteration", rows, 5);

        assertThat((Object) live.take(OWNER, "iteration", 5)).isSameAs(rows);
        assertThat((Object) live.take(OWNER, "iteration", 5)).isNull();
    }

    @Test
    void rowsThatCanBeMovedAre() {
        Rows rows = movable();
        rows.skip(3);
        live.keep(OWNER, "iteration", rows, 3);

        assertThat((Object) live.take(OWNER, "iteration", 1)).isSameAs(rows);
        assertThat(rows.next()).isEqualTo(List.of(1L));
    }

    @Test
    void rowsThatStandElsewhereAndCannotBeMovedAreDropped() {
        live.keep(OWNER, "iteration", new Once(List.<Object>of(0L).iterator()), 5);

        assertThat((Object) live.take(OWNER, "iteration", 4)).isNull();
        assertThat((Object) live.take(OWNER, "iteration", 5)).isNull();
    }

    @Test
    void nobodyTakesTheRowsOfAnotherCallerOrIteration() {
        Rows rows = movable();
        live.keep(OWNER, "iteration", rows, 0);

        assertThat((Object) live.take(TestOwner.of("other", "secret"), "iteration", 0))
                .isNull();
        assertThat((Object) live.take(OWNER, "other", 0)).isNull();
        assertThat((Object) live.take(OWNER, "iteration", 0)).isSameAs(rows);
    }

    /** Rows that can only be read once, from front to back. */
    private record Once(Iterator<Object> rows) implements Rows {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Object next() {
            return rows.next();
        }
    }
}
