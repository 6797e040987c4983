package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.db.ServedDatabase.State;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** Databases whose declarations change while they are served. */
class ChangingDatabasesTest {

    private static final int FOREVER = 3_600_000;
    private static final int SOON = 20;

    private final Declarations declarations = new Declarations(Map.of("orders", "fake:orders"));
    private final Storage storage = new Storage();
    private @Nullable Databases databases;

    private Databases start(long pollMs, long graceMs) {
        Databases started = new Databases(
                declarations,
                new FakeInstance<>(List.of(storage)),
                DatabaseConfig.from(new MapConfig(Map.of(
                        "peerserver.db-values.kept",
                        "1",
                        "peerserver.databases.reconnect-ms",
                        String.valueOf(SOON),
                        "peerserver.databases.poll-ms",
                        String.valueOf(pollMs),
                        "peerserver.databases.grace-ms",
                        String.valueOf(graceMs)))),
                Thread::new,
                Clock.systemUTC());
        databases = started;
        started.start(started);
        await(() -> connected("orders") != null);
        return started;
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(databases).stop();
        assertThat(storage.opened).allMatch(FakeDatabase::closed);
    }

    private @Nullable NamedDatabase connected(String name) {
        return Objects.requireNonNull(databases).all().stream()
                .filter(database -> database.name().equals(name))
                .findFirst()
                .map(ServedDatabase::database)
                .orElse(null);
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + 30_000_000_000L; !condition.getAsBoolean(); ) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsDeclaredLaterIsServedSoon() {
        start(SOON, FOREVER);

        declarations.declare("staff", "fake:staff");

        await(() -> connected("staff") != null);
    }

    @Test
    void aNameThatIsAskedForIsLookedForAtOnce() {
        Databases served = start(FOREVER, FOREVER);
        declarations.declare("staff", "fake:staff");

        assertThat(served.named("none")).isEmpty();
        assertThat(served.named("staff")).isPresent();
        await(() -> connected("staff") != null);
        assertThat(served.all()).hasSize(2);
    }

    @Test
    void whatIsRemovedIsGoneAtOnceAndOpenForIterationsForATime() {
        Databases served = start(SOON, FOREVER);
        FakeDatabase orders = storage.opened.get(0);

        declarations.remove("orders");
        await(() -> served.all().isEmpty());

        assertThat(served.named("orders")).isEmpty();
        assertThat(served.withId("orders-id")).isEmpty();
        assertThat(served.openWithId("orders-id").orElseThrow().connected()).isSameAs(orders);
        assertThat(orders.closed()).isFalse();
    }

    @Test
    void afterThatTimeItIsClosed() {
        Databases served = start(SOON, SOON);
        FakeDatabase orders = storage.opened.get(0);

        declarations.remove("orders");
        await(orders::closed);

        assertThat(served.openWithId("orders-id")).isEmpty();
    }

    @Test
    void anotherStorageUnderTheSameNameIsAnotherConnection() {
        Databases served = start(SOON, FOREVER);

        declarations.declare("orders", "fake:archive");
        await(() -> storage.opened.size() == 2 && connected("orders") == storage.opened.get(1));

        assertThat(served.withId("archive-id")).isPresent();
        assertThat(served.withId("orders-id")).isEmpty();
        assertThat(served.openWithId("orders-id")).isPresent();
    }

    @Test
    void howADatabaseIsServedChangesWithoutANewConnection() {
        Databases served = start(SOON, FOREVER);

        declarations.declare("orders", Map.of("uri", "fake:orders", "read-only", true, "required", true));
        await(() -> served.named("orders").orElseThrow().resource().readOnly());

        assertThat(connected("orders")).isSameAs(storage.opened.get(0));
        assertThat(served.ready()).isTrue();
        assertThat(storage.opened).hasSize(1);
    }

    @Test
    void aDatabaseThatGetsAnotherNameKeepsItsConnection() {
        Databases served = start(SOON, FOREVER);
        declarations.declare("sales", "fake:orders");
        await(() -> served.named("sales").orElseThrow().state() == State.FAILED);

        declarations.remove("orders");
        await(() -> connected("sales") != null);

        assertThat(connected("sales")).isSameAs(storage.opened.get(0));
        assertThat(served.withId("orders-id").orElseThrow().name()).isEqualTo("sales");
        assertThat(storage.opened).hasSize(1);
    }

    @Test
    void theSameStorageInAnotherMannerIsOpenedAnewOnceTheFirstIsClosed() {
        Databases served = start(SOON, FOREVER);

        declarations.declare("orders", Map.of("uri", "fake:orders", "database-id", "mine"));
        await(() -> storage.opened.size() == 2 && connected("orders") == storage.opened.get(1));

        assertThat(storage.opened.get(0).closed()).isTrue();
        assertThat(served.openWithId("orders-id")).isEmpty();
        assertThat(served.withId("mine")).isPresent();
    }

    @Test
    void aDatabaseThatIsDeclaredWronglyFailsAloneAndSaysWhyUntilItIsPutRight() {
        Databases served = start(SOON, FOREVER);
        declarations.declare("staff", Map.of("uri", "fake:staff", "required", true, "read_only", true));
        await(() -> served.named("staff").orElseThrow().state() == State.FAILED);

        assertThat(served.ready()).isFalse();
        assertThat(served.named("staff").orElseThrow().reason())
                .contains("The resource datomic/staff has unknown properties: [read_only]");
        assertThat(served.named("orders").orElseThrow().state()).isEqualTo(State.CONNECTED);

        declarations.declare("staff", Map.of("uri", "fake:staff", "required", true, "read-only", true));
        await(served::ready);
    }

    @Test
    void aStorageThatComesBackIsConnected() {
        Databases served = start(SOON, FOREVER);
        storage.failing = new IllegalStateException("unforeseen");
        declarations.declare("staff", "fake:staff");
        await(() -> served.named("staff").orElseThrow().reason().isPresent());
        ServedDatabase failed = served.named("staff").orElseThrow();
        await(() -> !Objects.requireNonNull(served.named("staff").orElseThrow().lastError())
                .at()
                .equals(Objects.requireNonNull(failed.lastError()).at()));

        assertThat(served.named("staff").orElseThrow().since())
                .as("since the first failure")
                .isEqualTo(failed.since());
        storage.failing = null;
        await(() -> connected("staff") != null);
        assertThat(served.named("staff").orElseThrow().lastError()).isNotNull();
    }

    @Test
    void whatIsRemovedWhileItIsBeingConnectedIsClosedOnceItIs() {
        Databases served = start(SOON, SOON);
        CountDownLatch held = new CountDownLatch(1);
        storage.held = held;
        declarations.declare("staff", "fake:staff");
        await(() -> storage.waiting);

        declarations.remove("staff");
        await(() -> served.all().size() == 1);
        held.countDown();

        await(() -> storage.opened.size() == 2 && storage.opened.get(1).closed());
        assertThat(served.openWithId("staff-id")).isEmpty();
    }

    @Test
    void whileNobodyCanTellWhatIsDeclaredEverythingIsServedOn() {
        Databases served = start(SOON, SOON);
        declarations.breakDown(true);
        declarations.remove("orders");

        // Several looks, each of which fails.
        IntStream.range(0, 50).forEach(i -> assertThat(served.named("none" + i)).isEmpty());
        assertThat(connected("orders")).isNotNull();

        declarations.breakDown(false);
        await(() -> served.all().isEmpty());
    }

    @Test
    void aResourceThatSaysNothingAnyMoreIsServedAsBefore() {
        Databases served = start(SOON, SOON);

        declarations.declare("orders", Map.of());
        declarations.declare("staff", "fake:staff");
        await(() -> connected("staff") != null);

        assertThat(connected("orders")).isSameAs(storage.opened.get(0));
        assertThat(served.named("orders").orElseThrow().resource().uri()).isEqualTo("fake:orders");
    }

    @Test
    void stoppingClosesWhatWasRemovedToo() {
        Databases served = start(SOON, FOREVER);
        declarations.remove("orders");
        await(() -> served.all().isEmpty());

        served.stop();

        assertThat(storage.opened.get(0).closed()).isTrue();
        declarations.declare("orders", "fake:orders");
        assertThat(served.named("orders")).isEmpty();
        assertThatExceptionOfType(java.util.NoSuchElementException.class)
                .isThrownBy(() -> served.openWithId("orders-id").orElseThrow());
    }

    /** Opens a database once at a time, as real engines do. */
    private static final class Storage implements Engine {

        private final List<FakeDatabase> opened = new CopyOnWriteArrayList<>();
        private final Map<String, FakeDatabase> open = new ConcurrentHashMap<>();
        private volatile @Nullable RuntimeException failing;
        private volatile @Nullable CountDownLatch held;
        private volatile boolean waiting;

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public boolean opens(String uri) {
            return uri.startsWith("fake:");
        }

        @Override
        public NamedDatabase open(DatabaseResource resource) {
            if (failing != null) {
                throw failing;
            }
            hold();
            String uri = resource.uri();
            String id = resource.databaseId().orElse(uri.substring("fake:".length()) + "-id");
            FakeDatabase database = new FakeDatabase(new FakeDbValue(id, 1)) {
                @Override
                public void close() {
                    super.close();
                    open.remove(uri);
                }
            };
            if (open.putIfAbsent(uri, database) != null) {
                throw Anomaly.of(Category.UNAVAILABLE, "opened already").exception();
            }
            opened.add(database);
            return database;
        }

        /** As a storage that does not heed interrupts. */
        private void hold() {
            CountDownLatch latch = held;
            while (latch != null && latch.getCount() > 0) {
                waiting = true;
                Thread.onSpinWait();
            }
        }
    }
}
