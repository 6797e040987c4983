package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.config.PeerConfig;
import peerserver.db.DatabaseResource;
import peerserver.storage.Heartbeat;
import peerserver.storage.PostgreSql;
import peerserver.storage.UnreliableWay;
import peerserver.storage.UnreliableWay.Passage;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.work.TestWorkers;

/**
 * The peer library with a real PostgreSQL as its storage, as far as it gets without a transactor: storage that cannot be
 * reached or read, databases that the catalog lacks, and transactors that are not where storage says.
 */
@Timeout(300)
class SqlStorageIT {

    private static final PostgreSql SERVER = PostgreSql.shared();
    private static final String NOT_IN_CATALOG = "Could not find films in catalog";

    private final PeerEngine engine = new PeerEngine(
            DatabaseConfig.from(new MapConfig(Map.of())),
            new PeerConfig(Map.of()),
            TestWorkers.of(Thread::new),
            this::thread);
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    private static String uri(String url) {
        return "datomic:sql://films?" + url;
    }

    private void unavailable(Map<String, ?> properties, String message) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> engine.open(DatabaseResource.of("films", properties)))
                .withMessageContaining(message)
                .withMessageNotContaining(PostgreSql.PASSWORD)
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.UNAVAILABLE));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Side by side: the peer library asks its storage for ten seconds before it gives up. */
    @Test
    void whateverIsWrongWithStorageIsSaid() throws Exception {
        String there = SERVER.url(PostgreSql.STORAGE);
        Map<String, String> wrong = Map.of(
                PostgreSql.url(closedPort(), PostgreSql.STORAGE),
                "refused",
                there.replace(PostgreSql.PASSWORD, "wrong"),
                "password authentication failed",
                SERVER.url(PostgreSql.EMPTY),
                "relation \"datomic_kvs\" does not exist",
                SERVER.url("nowhere"),
                "database \"nowhere\" does not exist",
                there,
                NOT_IN_CATALOG);
        List<Callable<Void>> attempts = wrong.entrySet().stream()
                .<Callable<Void>>map(entry -> () -> {
                    unavailable(Map.of("uri", uri(entry.getKey())), entry.getValue());
                    return null;
                })
                .toList();

        ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
        try {
            for (Future<Void> attempt : threads.invokeAll(attempts)) {
                attempt.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aTransactorThatNeverWasThereIsMissed() {
        unavailable(
                Map.of("uri", uri(SERVER.url(PostgreSql.STORAGE)), "create", true),
                "Could not read transactor location from storage");
    }

    @Test
    void aTransactorThatIsNotWhereItSaysIsNamedByItsHosts() throws IOException {
        int port = closedPort();
        SERVER.storageWithTransactor("ended", new Heartbeat("127.0.0.1", "localhost", port));

        unavailable(
                Map.of("uri", uri(SERVER.url("ended")), "create", true),
                "Error communicating with HOST 127.0.0.1 or ALT_HOST localhost on PORT " + port);
    }

    @Test
    void aTransactorThatIsSilentIsWaitedForWithinTheTimeToConnect() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SERVER.storageWithTransactor("hanging", new Heartbeat("127.0.0.1", "127.0.0.1", silent.getLocalPort()));

            unavailable(
                    Map.of("uri", uri(SERVER.url("hanging")), "create", true, "connect-timeout-ms", 500),
                    "No answer from its storage or its transactor within 500 ms");
        }
    }

    @Test
    void aStorageThatWasSilentIsReadWhenItAnswersAgain() {
        try (UnreliableWay way = UnreliableWay.to(SERVER.port(), Passage.SILENT)) {
            Map<String, ?> properties =
                    Map.of("uri", uri(PostgreSql.url(way.port(), PostgreSql.STORAGE)), "connect-timeout-ms", 4_000);
            unavailable(properties, "No answer from its storage or its transactor within 4000 ms");

            way.become(Passage.SLOW);

            unavailable(properties, NOT_IN_CATALOG);
        }
    }

    @Test
    void noThreadStaysBehindOfAStorageThatStaysSilent() throws InterruptedException {
        try (UnreliableWay way = UnreliableWay.to(SERVER.port(), Passage.SILENT)) {
            String url = PostgreSql.url(way.port(), PostgreSql.STORAGE) + "&connectTimeout=1&socketTimeout=1";
            unavailable(
                    Map.of("uri", uri(url), "connect-timeout-ms", 1_000),
                    "No answer from its storage or its transactor within 1000 ms");

            awaitEndOfThreads();
        }
    }

    @Test
    @Tag("storage")
    void byDefaultTheSameTakesHalfAMinuteAndItsThreadEndsToo() throws InterruptedException {
        try (UnreliableWay way = UnreliableWay.to(SERVER.port(), Passage.SILENT)) {
            unavailable(
                    Map.of("uri", uri(PostgreSql.url(way.port(), PostgreSql.STORAGE))),
                    "No answer from its storage or its transactor within 30000 ms");

            awaitEndOfThreads();
        }
    }

    @Test
    @Tag("storage")
    void aTransactorThatIsSilentIsGivenUpAndNoThreadStaysBehind() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SERVER.storageWithTransactor("silent", new Heartbeat("127.0.0.1", "127.0.0.1", silent.getLocalPort()));

            unavailable(
                    Map.of("uri", uri(SERVER.url("silent")), "create", true, "connect-timeout-ms", 120_000),
                    "Error communicating with HOST 127.0.0.1");

            awaitEndOfThreads();
        }
    }

    /** Those that connect, and any that the peer library left in the driver. */
    private void awaitEndOfThreads() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        while (Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().startsWith("org.postgresql.core"))) {
            Thread.sleep(100);
        }
    }

    @Test
    void aConnectionThatBreaksInTheMiddleIsMadeAgain() throws InterruptedException {
        try (UnreliableWay way = UnreliableWay.to(SERVER.port(), Passage.CLEAR)) {
            Map<String, ?> properties = Map.of("uri", uri(PostgreSql.url(way.port(), PostgreSql.STORAGE)));
            unavailable(properties, NOT_IN_CATALOG);

            way.become(Passage.BROKEN);
            CompletableFuture<Void> meanwhile =
                    CompletableFuture.runAsync(() -> unavailable(properties, NOT_IN_CATALOG));
            while (way.broken() < 2) {
                Thread.sleep(10);
            }
            way.become(Passage.CLEAR);

            meanwhile.join();
        }
    }

    @Test
    void theCatalogIsListedFromStorage() {
        assertThat(new PeerCatalog().names("datomic:sql://*?" + SERVER.url(PostgreSql.STORAGE)))
                .isEmpty();
    }

    @Test
    void aReadOnlyDatabaseThatTheCatalogLacksIsUnavailable() {
        unavailable(Map.of("uri", "datomic:sql://films?read-only=true#" + SERVER.url(PostgreSql.STORAGE)), "read-only");
    }
}
