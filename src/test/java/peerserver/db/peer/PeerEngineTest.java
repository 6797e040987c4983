package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import datomic.Peer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.NamedDatabase;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.work.Workers;

class PeerEngineTest {

    private final PeerEngine engine = new PeerEngine(
            DatabaseConfig.from(new MapConfig(
                    Map.of("peerserver.db-values.kept", "5", "peerserver.databases.reconnect-ms", "1000"))),
            new Workers(RequestConfig.from(new MapConfig(Map.of())), Thread::new),
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
}
