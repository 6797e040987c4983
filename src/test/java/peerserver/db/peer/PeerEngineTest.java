package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import datomic.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.config.PeerConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.NamedDatabase;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.work.TestWorkers;

class PeerEngineTest {

    private final PeerEngine engine = new PeerEngine(
            DatabaseConfig.from(new MapConfig(
                    Map.of("peerserver.db-values.kept", "5", "peerserver.databases.reconnect-ms", "1000"))),
            new PeerConfig(Map.of()),
            TestWorkers.of(Thread::new),
            Thread::new);

    private static DatabaseResource resource(String uri, boolean create) {
        return DatabaseResource.of("test", Map.of("uri", uri, "create", create));
    }

    @Test
    void opensEveryKindOfDatabaseButLocalOnes() {
        assertThat(engine.opens("datomic:mem://a")).isTrue();
        assertThat(engine.opens("datomic:dev://localhost:4334/a")).isTrue();
        assertThat(engine.opens("datomic:local://a")).isFalse();
        assertThat(engine.opens("jdbc:postgresql://a")).isFalse();
    }

    @Test
    void createsADatabaseWhereItIsToldTo() {
        String uri = "datomic:mem://" + UUID.randomUUID();

        try (NamedDatabase database = engine.open(resource(uri, true))) {
            assertThat(database.databaseId()).isEqualTo(database.current().databaseId());
            assertThat(Peer.createDatabase(uri)).isFalse();
        }
    }

    @Test
    void saysWhyADatabaseCannotBeOpenedAndTellsNoSecret() {
        for (String uri : new String[] {
            "datomic:mem://" + UUID.randomUUID() + "?password=s3cr3t", "datomic:nonsense://u:s3cr3t@host/db"
        }) {
            assertThatExceptionOfType(AnomalyException.class)
                    .isThrownBy(() -> engine.open(resource(uri, false)))
                    .satisfies(e -> {
                        assertThat(e.anomaly().category()).isEqualTo(Category.UNAVAILABLE);
                        assertThat(e.anomaly().message()).isNotBlank().doesNotContain("s3cr3t");
                    });
        }
    }

    @Test
    void aReadOnlyConnectionServesItsValueAndTransactsNothing() {
        String uri = "datomic:mem://" + UUID.randomUUID();
        Peer.createDatabase(uri);

        try (NamedDatabase database = engine.open(resource(uri + "?read-only=true", false))) {
            long t = database.current().basisT();
            TransactionForm transaction = TransactionForm.parse(List.of());

            assertThat(database.at(t, Duration.ZERO)).isCompletedWithValueMatching(value -> value.basisT() == t);
            assertThatExceptionOfType(AnomalyException.class)
                    .isThrownBy(() -> database.transact(transaction, null))
                    .withMessage("The database is connected read-only")
                    .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.UNSUPPORTED));
        }
    }

    @Test
    void aDatabaseWhoseStorageIsSilentIsUnavailableWithinTheTimeOfTheResource() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort()
                    + "/datomic?user=datomic&password=s3cr3t&connectTimeout=1&socketTimeout=1";
            DatabaseResource resource =
                    DatabaseResource.of("test", Map.of("uri", "datomic:sql://x?" + url, "connect-timeout-ms", 100));

            assertThatExceptionOfType(AnomalyException.class)
                    .isThrownBy(() -> engine.open(resource))
                    .withMessage("No answer from its storage or its transactor within 100 ms")
                    .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.UNAVAILABLE));
        }
    }
}
