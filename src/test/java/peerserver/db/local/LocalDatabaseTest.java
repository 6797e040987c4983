package peerserver.db.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.lang.Keyword;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.Directories;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.DbValue;
import peerserver.db.Index;
import peerserver.db.IndexScan;
import peerserver.db.NamedDatabase;
import peerserver.db.QueryOptions;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.TransactionReport;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Datom;
import peerserver.wire.EdnCodec;
import peerserver.work.TestWorkers;

class LocalDatabaseTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String SCHEMA = """
            [{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
             {:db/ident :x/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
              :db/unique :db.unique/identity}]""";

    private final Path directory;
    private final LocalEngine engine = new LocalEngine(
            DatabaseConfig.from(new MapConfig(
                    Map.of("peerserver.db-values.kept", "3", "peerserver.databases.reconnect-ms", "1000"))),
            TestWorkers.of(Thread::new));

    private NamedDatabase database;

    LocalDatabaseTest(@TempDir Path directory) {
        this.directory = directory;
        database = engine.open(resource(directory, "first", true));
        transact(SCHEMA);
        transact("[{:x/id 'it' :x/n 1}]");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static DatabaseResource resource(Path storage, String name, boolean create) {
        String uri = "datomic:local://tests/" + name + "?storage-dir=" + storage;
        return DatabaseResource.of(name, Map.of("uri", uri, "create", create));
    }

    private static Object read(String edn) {
        return EdnCodec.readString(edn.replace('\'', '"'));
    }

    private TransactionReport transact(String data) {
        return transact(database, data);
    }

    private static TransactionReport transact(NamedDatabase database, String data) {
        return database.transact(TransactionForm.parse(read(data)), null)
                .toCompletableFuture()
                .join();
    }

    private static Anomaly failure(Supplier<?> work) {
        try {
            throw new AssertionError("succeeded with " + work.get());
        } catch (CompletionException e) {
            return ((AnomalyException) Objects.requireNonNull(e.getCause())).anomaly();
        } catch (AnomalyException e) {
            return e.anomaly();
        }
    }

    @Test
    void whatEndsWithinATransactionOpensWithAllThatWasAcknowledged() throws IOException {
        transact("[{:x/n 2}]");
        database.close();
        Path log = directory.resolve("tests/first/db.log");
        long acknowledged = Files.size(log);
        // The beginning of a transaction: any other bytes would do.
        byte[] part = Arrays.copyOfRange(Files.readAllBytes(log), (int) acknowledged - 150, (int) acknowledged - 50);
        Files.write(log, part, StandardOpenOption.APPEND);

        database = engine.open(resource(directory, "first", false));

        assertThat(query(database.current(), "[:find ?n :where [_ :x/n ?n]]")).hasSize(2);
        assertThat(Files.size(log)).isEqualTo(acknowledged);
        try (Stream<Path> files = Files.list(log.getParent())) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("peer-server-cut-")))
                    .singleElement()
                    .satisfies(kept -> assertThat(Files.readAllBytes(kept)).isEqualTo(part));
        }
        transact("[{:x/n 3}]");
        database.close();
        database = engine.open(resource(directory, "first", false));
        assertThat(query(database.current(), "[:find ?n :where [_ :x/n ?n]]")).hasSize(3);
    }

    @Test
    void whatCannotBeReadAndWasNotWrittenLastIsLeftAlone() throws IOException {
        database.close();
        Path log = directory.resolve("tests/first/db.log");
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 10));

        assertThat(failure(() -> engine.open(resource(directory, "first", false)))
                        .category())
                .isEqualTo(Category.UNAVAILABLE);
        assertThat(Files.size(log)).isEqualTo(whole.length - 10);

        Files.write(log, whole);
        database = engine.open(resource(directory, "first", false));
    }

    @Test
    void nothingIsTransactedWhereThereIsLittleRoomLeft() {
        LocalEngine careful = new LocalEngine(
                DatabaseConfig.from(
                        new MapConfig(Map.of("peerserver.local.reserve-bytes", Long.toString(Long.MAX_VALUE)))),
                TestWorkers.of(Thread::new));
        try (NamedDatabase full = careful.open(resource(directory, "full", true))) {
            assertThatThrownBy(() -> full.transact(new TransactionForm(List.of()), null))
                    .as("nothing is submitted")
                    .isInstanceOf(AnomalyException.class);
            assertThat(failure(() -> transact(full, SCHEMA)))
                    .isEqualTo(Anomaly.of(
                            Category.UNAVAILABLE,
                            "There are less than 9223372036854775807 bytes left where the database is stored"));
            assertThat(query(full.current(), "[:find ?e :where [?e :db/ident :db/doc]]"))
                    .hasSize(1);
        }
    }

    private static List<Object> query(DbValue value, String query, @Nullable Object... more) {
        return query(value, 60_000, query, more);
    }

    private static List<Object> query(DbValue value, long timeoutMs, String query, @Nullable Object... more) {
        List<@Nullable Object> args = new ArrayList<>(List.of(value));
        Collections.addAll(args, more);
        QueryForm form = QueryForm.parse(read(query));
        return all(value.query(form, args, new QueryOptions(timeoutMs, null, false))
                .rows());
    }

    private static List<Object> all(Rows rows) {
        List<Object> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        return all;
    }

    private static Object n(DbValue value) {
        return query(value, "[:find ?n :where [?e :x/id 'it'] [?e :x/n ?n]]");
    }

    private static Object rows(long... expected) {
        return read(IntStream.range(0, expected.length)
                .mapToObj(i -> "[" + expected[i] + "]")
                .toList()
                .toString());
    }

    @Test
    void aTransactionReportsWhatItDid() {
        long before = database.current().basisT();
        TransactionReport report = transact("[{:db/id 'new' :x/n 5} {:x/n 6} [:db/add 'datomic.tx' :db/doc 'why']]");

        assertThat(report.dbBefore().basisT()).isEqualTo(before);
        assertThat(report.dbAfter().basisT()).isEqualTo(before + 1);
        assertThat(report.txData()).hasSize(4).allSatisfy(datom -> {
            assertThat(datom.e()).isInstanceOf(Long.class);
            assertThat(datom.a()).isInstanceOf(Long.class);
            assertThat(datom.added()).isTrue();
        });
        assertThat(report.tempids().get("new")).isEqualTo(report.txData().get(1).e());
        assertThat(database.current()).isEqualTo(report.dbAfter());
        assertThat(transact("[]").dbAfter().basisT()).isEqualTo(report.dbAfter().nextT());
    }

    @Test
    void aTransactionThatIsRefusedSaysWhy() {
        long before = database.current().basisT();

        assertThat(failure(() -> transact("[[:db/cas [:x/id 'it'] :x/n 2 3]]")).category())
                .isEqualTo(Category.CONFLICT);
        assertThat(failure(() -> transact("[{:x/unknown 1}]")).data().get(Keyword.intern("db/error")))
                .isEqualTo(Keyword.intern("db.error/not-an-entity"));
        assertThat(failure(() -> transact("[{:x/id '" + "x".repeat(4_097) + "'}]")))
                .satisfies(anomaly -> assertThat(anomaly.category()).isEqualTo(Category.INCORRECT))
                .satisfies(anomaly -> assertThat(anomaly.message()).isEqualTo("Item too large"));
        assertThat(database.current().basisT()).isEqualTo(before);
    }

    @Test
    void aSpeculativeTransactionChangesNothing() {
        DbValue before = database.current();
        TransactionForm two = TransactionForm.parse(read("[{:db/id [:x/id 'it'] :x/n 2}]"));
        TransactionReport report = before.with(two, null);
        transact("[{:x/n 100}]");
        TransactionReport further =
                report.dbAfter().with(TransactionForm.parse(read("[{:db/id [:x/id 'it'] :x/n 3}]")), null);

        assertThat(n(report.dbAfter())).isEqualTo(rows(2));
        assertThat(n(further.dbAfter())).isEqualTo(rows(3));
        assertThat(n(further.dbAfter().history())).isEqualTo(rows(1, 2, 3));
        assertThat(further.dbAfter().basisT()).isEqualTo(before.basisT() + 2);
        assertThat(n(database.current())).isEqualTo(rows(1));
        DbValue held = Objects.requireNonNull(database.unfilteredAt(before.basisT()));
        assertThat(held.with(two, null).dbAfter().basisT()).isEqualTo(before.basisT() + 1);
    }

    @Test
    void aTThatHasNotComeIsWaitedForAndOneThatIsForgottenIsReadAsOf() {
        DbValue first = database.current();
        CompletableFuture<DbValue> waiting = database.at(first.nextT(), LONG).toCompletableFuture();
        IntStream.rangeClosed(2, 6).forEach(n -> transact("[{:db/id [:x/id 'it'] :x/n " + n + "}]"));

        assertThat(waiting.join().basisT()).isGreaterThanOrEqualTo(first.nextT());
        assertThat(n(waiting.join())).isEqualTo(rows(2));
        assertThat(database.unfilteredAt(first.basisT())).isNull();
        assertThat(n(database.at(first.basisT(), LONG).toCompletableFuture().join()))
                .isEqualTo(rows(1));
        assertThat(failure(() -> database.atOrAfter(1_000, Duration.ofMillis(5))
                                .toCompletableFuture()
                                .join())
                        .category())
                .isEqualTo(Category.UNAVAILABLE);
    }

    @Test
    void aQueryMayUseAVariableInAPullAndAsAColumnAndJoinsValues() {
        DbValue before = database.current();
        transact("[{:x/id 'other' :x/n 1}]");

        assertThat(query(
                        database.current(),
                        "[:find ?id (pull ?e [:x/n]) :in $ $b :where [$b ?e :x/id] [?e :x/id ?id]]",
                        before))
                .isEqualTo(read("[['it' {:x/n 1}]]"));
        assertThat(query(database.current(), "[:find ?id ?n :keys id n :where [?e :x/id ?id] [?e :x/n ?n]]"))
                .isEqualTo(read("[{:id 'it' :n 1} {:id 'other' :n 1}]"));
    }

    @Test
    void whoAskedIsToldInTimeThatAQueryTakesTooLong() {
        List<Long> numbers = IntStream.range(0, 400).mapToObj(Long::valueOf).toList();

        assertThat(failure(() -> query(
                                database.current(),
                                1,
                                "[:find (max ?z) :in $ [?x ...] [?y ...] :where [(* ?x ?y) ?z]]",
                                numbers,
                                numbers))
                        .category())
                .isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void aReadingIsResumedByCountingRows() {
        transact(IntStream.range(0, 1_000)
                .mapToObj(n -> "{:x/n " + (n + 10) + "}")
                .toList()
                .toString());
        DbValue value = database.current();
        IndexScan scan = new IndexScan(Index.AVET, List.of(Keyword.intern("x/n")));

        List<Object> whole = all(value.datoms(scan, Resume.atRow(0)));
        assertThat(whole)
                .hasSize(1_001)
                .isSortedAccordingTo((a, b) -> Long.compare((Long) ((Datom) a).v(), (Long) ((Datom) b).v()));
        assertThat(all(value.datoms(scan, Resume.atRow(700)))).isEqualTo(whole.subList(700, 1_001));
        assertThat(all(value.datoms(scan, Resume.atRow(5_000)))).isEmpty();
        assertThat(all(value.indexRange(Keyword.intern("x/n"), 10L, 20L, Resume.atRow(3))))
                .isEqualTo(whole.subList(4, 11));
    }

    @Test
    void theLogIsResumedByItsT() {
        long t = database.current().basisT();
        IntStream.range(0, 3).forEach(n -> transact("[{:x/n " + n + "}]"));

        Rows rows = database.txRange(t, null, Resume.atRow(1));
        Object second = rows.next();
        assertThat(rows.position(second)).isEqualTo(t + 1);
        List<Object> rest = all(rows);
        assertThat(rest).hasSize(2);
        assertThat(all(database.txRange(t, null, new Resume(2, rows.position(second)))))
                .isEqualTo(rest);
    }

    @Test
    void anInterruptOfACallerHarmsNothing() throws InterruptedException {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            seen.add(n(database.current()));
            seen.add(transact("[{:x/n 7}]").txData().size());
            seen.add(all(database.txRange(null, null, Resume.atRow(0))).size());
            seen.add(Thread.currentThread().isInterrupted());
        });
        caller.start();
        caller.join();

        assertThat(seen).startsWith(rows(1), 2).endsWith(true).hasSize(4);
        assertThat(n(database.current())).isEqualTo(rows(1));
    }

    @Test
    void oneDatabaseIsOpenOnceInAProcess() {
        assertThat(failure(() -> engine.open(resource(directory, "first", false))))
                .isEqualTo(Anomaly.of(Category.UNAVAILABLE, "This server has opened it already, under another name"));
    }

    @Test
    void aDatabaseThatIsClosedIsUnlockedAndKeepsWhatItHad() throws IOException {
        Path lock = directory.resolve("tests/first/.lock");
        assertThatThrownBy(() -> tryLock(lock)).isInstanceOf(OverlappingFileLockException.class);
        DbValue value = database.current();

        database.close();

        tryLock(lock);
        assertThat(failure(() -> n(value)).category()).isEqualTo(Category.UNAVAILABLE);
        assertThat(failure(() -> transact("[]")))
                .isEqualTo(Anomaly.of(Category.UNAVAILABLE, "The database is being closed"));
        database = engine.open(resource(directory, "first", false));
        assertThat(database.current().basisT()).isEqualTo(value.basisT());
        assertThat(n(database.current())).isEqualTo(rows(1));
    }

    private static void tryLock(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aCopyOfTheStorageKeepsTheIdOfTheDatabase(@TempDir Path elsewhere) {
        String id = database.databaseId();
        try (NamedDatabase other = engine.open(resource(directory, "other", true))) {
            assertThat(other.databaseId()).isNotEqualTo(id);
        }
        database.close();
        Path copy = elsewhere.resolve("copy");
        Directories.copy(directory, copy);

        database = engine.open(resource(copy, "first", false));

        assertThat(database.databaseId()).isEqualTo(id);
        assertThat(n(database.current())).isEqualTo(rows(1));
    }

    @Test
    void aDatabaseThatIsMissingIsNotMadeUnlessItsResourceSaysSo() {
        assertThat(failure(() -> engine.open(resource(directory, "missing", false))))
                .satisfies(anomaly -> assertThat(anomaly.category()).isEqualTo(Category.UNAVAILABLE))
                .satisfies(anomaly -> assertThat(anomaly.message())
                        .contains("no database missing of system tests in " + directory, "bin/create-database"));
        engine.open(resource(directory, "missing", true)).close();
        engine.open(resource(directory, "missing", false)).close();
    }

    @Test
    void pullsFindEntitiesAndStatisticsCountDatoms() {
        SelectorForm selector = SelectorForm.parse(read("[:x/n]"));

        assertThat(database.current().pull(selector, read("[:x/id 'it']"), null))
                .isEqualTo(read("{:x/n 1}"));
        assertThat(database.current().dbStats().get(Keyword.intern("datoms")))
                .isInstanceOfSatisfying(
                        Number.class, count -> assertThat(count.longValue()).isGreaterThan(100));
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> database.current().asOf("text").pull(selector, 1L, null));
    }
}
