package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import clojure.lang.RT;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

class OutcomeTest {

    private static final Keyword DB_ERROR = Keyword.intern("db", "error");
    private static final Keyword QUOTED = Keyword.intern("quoted");

    @Test
    void aFailureWeighsAtLeastWhatItQuotesTakesInMemory() {
        Object[] empty = new Object[10_000];
        Arrays.fill(empty, RT.vector());

        assertThat(quoting(RT.vector(empty)).weight()).isGreaterThan(640_000);
        assertThat(quoting(RT.vector()).weight()).isLessThan(2_000);
    }

    @Test
    void aFailureIsReadBackWithNilsSetsAndAll() {
        Outcome outcome = quoting(RT.map("a", null, RT.set(1L), RT.vector('c', null)));

        assertThat(Outcome.from(outcome.toBytes())).isEqualTo(outcome);
    }

    @Test
    void theBriefFormOfAFailureKeepsItsName() {
        Anomaly brief =
                Objects.requireNonNull(quoting("x".repeat(100_000)).brief().failure());

        assertThat(brief.data()).isEqualTo(Map.of(DB_ERROR, Keyword.intern("db.error", "x")));
        assertThat(brief.message()).isEqualTo("no");
    }

    private static Outcome quoting(Object value) {
        Map<Keyword, @Nullable Object> data = new HashMap<>();
        data.put(DB_ERROR, Keyword.intern("db.error", "x"));
        data.put(QUOTED, value);
        data.put(Keyword.intern("nothing"), null);
        return new Outcome(1, null, new Anomaly(Category.INCORRECT, "no", data));
    }
}
