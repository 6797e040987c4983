package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryRowsTest {

    private final List<Object> finished = new ArrayList<>();
    private final QueryRows rows = new QueryRows(Set.of(3L, 1L, 2L, 4L), this::finish);

    private Object finish(Object row) {
        finished.add(row);
        return "row " + row;
    }

    @Test
    void rowsComeInOrderAndAreFinishedWhenTheyAreRead() {
        assertThat(finished).isEmpty();
        assertThat(rows.next()).isEqualTo("row 1");
        assertThat(rows.hasNext()).isTrue();
        assertThat(finished).containsExactly(1L);
        assertThat(rows).toIterable().containsExactly("row 2", "row 3", "row 4");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(rows::next);
    }

    @Test
    void theirNumberIsKnownWhateverWasRead() {
        rows.next();

        assertThat(rows.size()).hasValue(4);
        assertThat(new QueryRows(List.of(), this::finish).size()).hasValue(0);
    }

    @Test
    void rowsPassedOverAreNotFinished() {
        rows.skip(2);
        assertThat(rows.next()).isEqualTo("row 3");
        rows.skip(0);
        assertThat(rows.next()).isEqualTo("row 4");
        rows.skip(Long.MAX_VALUE);
        assertThat(rows.hasNext()).isFalse();
        assertThat(finished).containsExactly(3L, 4L);
    }

    @Test
    void theyCanBeMovedToAnyRow() {
        assertThat(rows.moveTo(3)).isTrue();
        assertThat(rows.next()).isEqualTo("row 4");
        assertThat(rows.moveTo(0)).isTrue();
        assertThat(rows.next()).isEqualTo("row 1");
        assertThat(rows.moveTo(Long.MAX_VALUE)).isTrue();
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void anythingThatCanBeReadHasRows() {
        Iterable<Long> found = () -> List.of(2L, 1L).iterator();

        assertThat(new QueryRows(found, row -> row)).toIterable().containsExactly(1L, 2L);
    }

    @Test
    void moreRowsWeighMore() {
        assertThat(rows.weight()).isGreaterThan(new QueryRows(Set.of(1L), row -> row).weight());
    }
}
