package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.lang.ExceptionInfo;
import clojure.lang.Keyword;
import clojure.lang.RT;
import datomic.Connection;
import datomic.Database;
import datomic.ListenableFuture;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peerserver.db.DatabaseResource;
import peerserver.db.DbValue;
import peerserver.db.Index;
import peerserver.db.IndexScan;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.db.ServedDatabase;
import peerserver.db.TransactionReport;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class PeerDatabaseTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Set<Class<?>> READ = Set.of(Database.class, Iterable.class, Iterator.class);
    private static final Set<String> READINGS = Set.of("pull", "hasNext", "next");

    private final TestDatabase storage = new TestDatabase(
            TestDatabase.schema(":x/n long", ":x/id string :db/unique :db.unique/identity"), "[{:x/id 'it' :x/n 1}]");
    private final PeerDatabase database = storage.open(100);

    @AfterEach
    void close() {
        storage.close();
    }

    private static TransactionForm form(String data) {
        return TransactionForm.parse(TestDatabase.read(data));
    }

    private TransactionReport transact(String data) {
        return database.transact(form(data), null).toCompletableFuture().join();
    }

    private static Anomaly failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("succeeded with " + future.get());
        } catch (ExecutionException e) {
            return ((AnomalyException) Objects.requireNonNull(e.getCause())).anomaly();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object n(DbValue value) {
        return Objects.requireNonNull(
                value.pull(SelectorForm.parse(TestDatabase.read("[:x/n]")), TestDatabase.read("[:x/id 'it']"), null));
    }

    @Test
    void aTransactionReportsWhatItDid() {
        long before = database.current().basisT();
        TransactionReport report = transact("[{:db/id 'new' :x/n 5} {:x/n 6} [:db/add 'datomic.tx' :db/doc 'why']]");

        assertThat(report.dbBefore().basisT()).isEqualTo(before);
        assertThat(report.dbAfter().basisT()).isGreaterThan(before);
        assertThat(report.dbAfter().nextT()).isGreaterThan(report.dbAfter().basisT());
        assertThat(report.txData()).hasSize(4).allSatisfy(datom -> {
            assertThat(datom.a()).isInstanceOf(Long.class);
            assertThat(datom.added()).isTrue();
        });
        assertThat(report.tempids().keySet()).hasSize(3).anySatisfy(key -> assertThat(key)
                .isEqualTo("new"));
        assertThat(report.tempids().get("datomic.tx"))
                .isEqualTo(report.txData().get(0).tx());
        assertThat(database.current().basisT()).isEqualTo(report.dbAfter().basisT());
        assertThat(report.extra()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[:db/cas [:x/id 'it'] :x/n 2 3]]|CONFLICT|cas-failed",
                "[{:x/unknown 1}]|INCORRECT|not-an-entity",
                "[{:x/n 'text'}]|INCORRECT|wrong-type-for-attribute",
                "[[:db/add [:x/id 'nobody'] :x/n 3]]|INCORRECT|not-an-entity",
                "[[:no/function 1]]|INCORRECT|not-a-data-function",
                "[{:db/id 'a' :x/id 'b'} {:db/id 'c' :x/n 1} [:db/add 'c' :x/n 2]]|INCORRECT|datoms-conflict"
            })
    void aTransactionThatIsRefusedSaysWhy(String data, Category category, String error) {
        long before = database.current().basisT();
        Anomaly anomaly = failure(database.transact(form(data), null).toCompletableFuture());

        assertThat(anomaly.category()).isEqualTo(category);
        assertThat(anomaly.message()).isNotBlank();
        assertThat(anomaly.data().get(TestDatabase.key("db/error"))).isEqualTo(TestDatabase.key("db.error/" + error));
        assertThat(database.current().basisT()).isEqualTo(before);
    }

    @Test
    void aSpeculativeTransactionChangesNothing() {
        DbValue before = database.current();
        TransactionReport report = before.with(form("[{:db/id [:x/id 'it'] :x/n 2}]"), null);
        TransactionReport further = report.dbAfter().with(form("[{:db/id [:x/id 'it'] :x/n 3}]"), null);

        assertThat(n(report.dbAfter())).isEqualTo(TestDatabase.read("{:x/n 2}"));
        assertThat(n(further.dbAfter())).isEqualTo(TestDatabase.read("{:x/n 3}"));
        assertThat(further.dbAfter().basisT()).isGreaterThan(report.dbAfter().basisT());
        assertThat(n(database.current())).isEqualTo(TestDatabase.read("{:x/n 1}"));
        assertThat(database.unfilteredAt(report.dbAfter().basisT())).isNull();
    }

    @Test
    void aTransactionThroughAnotherConnectionIsNoticed() {
        // As if other processes had it, too: one in memory is followed by nobody.
        PeerDatabase shared = new PeerDatabase(
                DatabaseResource.of("test", Map.of("uri", "datomic:dev://localhost:4334/x")),
                "datomic:dev://localhost:4334/x",
                storage.connection(),
                1,
                Runnable::run,
                Thread::new,
                () -> {});
        long next = shared.current().nextT();
        CompletableFuture<DbValue> waiting = shared.at(next, LONG).toCompletableFuture();
        storage.transact("[{:db/id [:x/id 'it'] :x/n 2}]");

        assertThat(waiting.orTimeout(1, TimeUnit.MINUTES).join().basisT()).isEqualTo(next);
        assertThat(n(waiting.join())).isEqualTo(TestDatabase.read("{:x/n 2}"));
    }

    @Test
    void theValueAtATIsTheOneAtThatTAndNoLaterOne() {
        DbValue first = database.current();
        TransactionReport second = transact("[{:db/id [:x/id 'it'] :x/n 2}]");
        transact("[{:db/id [:x/id 'it'] :x/n 3}]");

        DbValue atFirst =
                database.at(first.basisT(), LONG).toCompletableFuture().join();
        DbValue atSecond = database.at(second.dbAfter().basisT(), LONG)
                .toCompletableFuture()
                .join();
        assertThat(atFirst).isEqualTo(first);
        assertThat(n(atSecond)).isEqualTo(TestDatabase.read("{:x/n 2}"));
        assertThat(database.unfilteredAt(first.basisT())).isEqualTo(first);
        assertThat(database.atOrAfter(first.basisT(), LONG)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(database.current());
    }

    @Test
    void aValueThatIsNoLongerHeldIsReadAsOfItsT() {
        PeerDatabase forgetful = storage.open(1);
        long t = forgetful.current().basisT();
        forgetful
                .transact(form("[{:db/id [:x/id 'it'] :x/n 2}]"), null)
                .toCompletableFuture()
                .join();
        DbValue then = forgetful.at(t, LONG).toCompletableFuture().join();

        assertThat(forgetful.unfilteredAt(t)).isNull();
        assertThat(n(then)).isEqualTo(TestDatabase.read("{:x/n 1}"));
    }

    @Test
    void aTThatDoesNotArriveIsUnavailable() {
        long t = database.current().basisT();
        CompletableFuture<DbValue> waiting =
                database.at(t + 1_000, Duration.ofMillis(5)).toCompletableFuture();

        assertThatExceptionOfType(CompletionException.class).isThrownBy(waiting::join);
        assertThat(failure(waiting))
                .isEqualTo(Anomaly.of(
                        Category.UNAVAILABLE,
                        "This node has not seen t " + (t + 1_000) + " yet; the newest it has seen is " + t));
    }

    @Test
    void theIdIsTheDatabasesOwnUnlessTheResourceSaysOtherwise() {
        PeerDatabase named = new PeerDatabase(
                DatabaseResource.of("test", Map.of("uri", "datomic:mem://x", "database-id", "mine")),
                "datomic:mem://x",
                storage.connection(),
                1,
                Runnable::run,
                Thread::new,
                () -> {});

        assertThat(named.databaseId()).isEqualTo("mine");
        assertThat(named.current().databaseId()).isEqualTo("mine");
        assertThat(database.databaseId()).isEqualTo(storage.value().database().id());
    }

    @Test
    void isInTroubleWhileItsTransactorIsAndNotBecauseOfATransaction() {
        AtomicReference<@Nullable Exception> down = new AtomicReference<>();
        PeerDatabase troubled = new PeerDatabase(
                DatabaseResource.of("test", Map.of("uri", "datomic:mem://x")),
                "datomic:mem://x",
                failing(storage.connection(), down),
                1,
                Runnable::run,
                Thread::new,
                () -> {});
        TransactionForm good = form("[{:db/id [:x/id 'it'] :x/n 2}]");

        down.set(anomaly("unavailable", "Transactor not available"));
        assertThat(failure(troubled.transact(good, null).toCompletableFuture()).category())
                .isEqualTo(Category.UNAVAILABLE);
        assertThat(troubled.trouble().map(ServedDatabase.Failure::reason)).contains("Transactor not available");

        down.set(null);
        troubled.transact(good, null).toCompletableFuture().join();
        assertThat(troubled.trouble()).isEmpty();

        failure(troubled.transact(form("[{:x/nothing 1}]"), null).toCompletableFuture());
        assertThat(troubled.trouble()).isEmpty();
    }

    @Test
    void isInTroubleWhileItCannotBeReadAndNotBecauseOfARequest() {
        AtomicReference<@Nullable Exception> down = new AtomicReference<>();
        PeerDatabase troubled = new PeerDatabase(
                DatabaseResource.of("test", Map.of("uri", "datomic:mem://x")),
                "datomic:mem://x",
                (Connection) unreadable(Connection.class, storage.connection(), down),
                1,
                Runnable::run,
                Thread::new,
                () -> {});
        DbValue value = troubled.current();
        SelectorForm ident = new SelectorForm(List.of(Keyword.intern("db", "ident")));
        Rows begun = value.datoms(new IndexScan(Index.EAVT, List.of()), Resume.atRow(0));
        begun.next();

        down.set(anomaly("unavailable", "Storage not available"));
        assertThatThrownBy(begun::next).isInstanceOf(AnomalyException.class);
        assertThat(troubled.trouble().map(ServedDatabase.Failure::reason)).contains("Storage not available");
        down.set(null);
        begun.next();
        assertThat(troubled.trouble()).isEmpty();

        down.set(anomaly("unavailable", "Storage not available"));
        assertThatThrownBy(() -> value.history().pull(ident, 0L, null)).isInstanceOf(AnomalyException.class);
        assertThat(troubled.trouble()).isPresent();
        down.set(null);
        value.pull(ident, 0L, null);
        assertThat(troubled.trouble()).isEmpty();

        for (String category : List.of("interrupted", "incorrect")) {
            down.set(anomaly(category, "Of the request"));
            assertThatThrownBy(() -> value.pull(ident, 0L, null)).isInstanceOf(AnomalyException.class);
            assertThat(troubled.trouble()).isEmpty();
        }
    }

    private static ExceptionInfo anomaly(String category, String message) {
        return new ExceptionInfo(
                message,
                RT.map(
                        Keyword.intern("cognitect.anomalies", "category"),
                        Keyword.intern("cognitect.anomalies", category)));
    }

    /** A connection, or what comes of it, that cannot be read while there is something to fail with. */
    private static Object unreadable(Class<?> type, Object real, AtomicReference<@Nullable Exception> down) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Exception failure = down.get();
            if (failure != null && READINGS.contains(method.getName())) {
                throw failure;
            }
            Object answer = method.invoke(real, args);
            return READ.contains(method.getReturnType()) ? unreadable(method.getReturnType(), answer, down) : answer;
        });
    }

    /** A connection whose transactions fail while there is something to fail with. */
    private static Connection failing(Connection connection, AtomicReference<@Nullable Exception> down) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    Exception failure = down.get();
                    if (failure != null && method.getName().equals("transactAsync")) {
                        return new Failed(failure);
                    }
                    return method.invoke(connection, args);
                });
    }

    /** What the peer library gives, failed. */
    private static final class Failed extends CompletableFuture<Map<?, ?>> implements ListenableFuture<Map<?, ?>> {

        Failed(Exception failure) {
            completeExceptionally(failure);
        }

        @Override
        public void addListener(Runnable listener, Executor executor) {
            executor.execute(listener);
        }
    }

    @Test
    void statisticsCountDatoms() {
        assertThat(database.current().dbStats().get(TestDatabase.key("datoms")))
                .isInstanceOfSatisfying(
                        Number.class, count -> assertThat(count.longValue()).isGreaterThan(100));
    }

    @Test
    void timeFiltersTakeTransactionsTsAndInstants() {
        DbValue first = database.current();
        TransactionReport second = transact("[{:db/id [:x/id 'it'] :x/n 2}]");
        DbValue now = database.current();
        List<Object> points = List.of(first.basisT(), datomic.Peer.toTx(first.basisT()));

        for (Object point : points) {
            assertThat(n(now.asOf(point))).isEqualTo(TestDatabase.read("{:x/n 1}"));
            assertThat(now.asOf(point).basisT()).isEqualTo(second.dbAfter().basisT());
        }
        assertThatExceptionOfType(AnomalyException.class).isThrownBy(() -> now.asOf("text"));
    }
}
