package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import peerserver.db.ServedDatabase.State;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class DatabasesTest {

    private final FakeDatabase orders = new FakeDatabase(new FakeDbValue("orders-id", 100));
    private final Databases databases =
            TestDatabases.of(Map.of("orders", orders), "away").databases();

    @Test
    void whatIsDeclaredIsServedWhateverItsState() {
        assertThat(databases.all())
                .extracting(ServedDatabase::name, ServedDatabase::state, ServedDatabase::since)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("orders", State.CONNECTED, TestDatabases.NOW),
                        org.assertj.core.groups.Tuple.tuple("away", State.FAILED, TestDatabases.NOW));
    }

    @Test
    void aConnectedDatabaseIsFoundByNameAndById() {
        assertThat(databases.named("orders").orElseThrow().connected()).isSameAs(orders);
        assertThat(databases.withId("orders-id").orElseThrow().connected()).isSameAs(orders);
        assertThat(databases.withId("orders")).isEmpty();
        assertThat(databases.named("orders-id")).isEmpty();
    }

    @Test
    void aDatabaseThatCannotBeReachedIsUnavailableAndSaysWhy() {
        ServedDatabase away = databases.named("away").orElseThrow();

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(away::connected)
                .withMessage("Database away cannot be connected: out of reach")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.UNAVAILABLE));
    }

    @Test
    void aUriThatNoEngineOpensFails() {
        Databases none =
                TestDatabases.of(Map.of("odd", "other:odd"), new OpensNothing()).databases();

        assertThat(none.named("odd").orElseThrow().reason()).contains("No engine opens a URI of this kind");
    }

    @Test
    void stoppingLetsGoOfEveryConnection() {
        databases.stop();

        assertThat(orders.closed()).isTrue();
        assertThat(databases.all()).isEmpty();
        assertThat(databases.ready()).isFalse();
    }

    @Test
    void enginesEndAfterAllDatabases() {
        List<String> ended = new ArrayList<>();
        Databases closing = TestDatabases.of(Map.of("a", "open:a", "b", "open:b"), new TellsTheEnd(ended, false))
                .databases();

        closing.stop();

        assertThat(ended).containsExactly("database", "database", "engine");
    }

    @Test
    void whatCannotBeClosedKeepsNobodyFromEnding() {
        List<String> ended = new ArrayList<>();
        Databases closing = TestDatabases.of(Map.of("a", "open:a", "b", "open:b"), new TellsTheEnd(ended, true))
                .databases();

        closing.stop();

        assertThat(ended).containsExactly("database", "database", "engine");
    }

    /** Notes what is closed. */
    private record TellsTheEnd(List<String> ended, boolean failing) implements Engine {

        @Override
        public String name() {
            return "ending";
        }

        @Override
        public boolean opens(String uri) {
            return true;
        }

        @Override
        public NamedDatabase open(DatabaseResource resource) {
            return new FakeDatabase(new FakeDbValue(resource.name(), 1)) {
                @Override
                public void close() {
                    ended.add("database");
                    if (failing) {
                        throw new IllegalStateException("no");
                    }
                }
            };
        }

        @Override
        public void close() {
            ended.add("engine");
        }
    }

    private static final class OpensNothing implements Engine {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public boolean opens(String uri) {
            return false;
        }

        @Override
        public NamedDatabase open(DatabaseResource resource) {
            throw new AssertionError();
        }
    }
}
