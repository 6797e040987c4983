package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.DatabaseResource;
import peerserver.wire.AnomalyException;

/** In a build without the drivers that profiles add. */
class PeerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "datomic:ddb://us-east-1/table/x, storage-dynamodb",
        "datomic:ddb-local://localhost:8000/table/x?aws_access_key_id=a&aws_secret_key=b, storage-dynamodb",
        "datomic:backup:s3://bucket/x, storage-dynamodb",
        "datomic:cass://h:1/keyspace.table/x, storage-cassandra",
        "datomic:cass2://h:1/keyspace.table/x, storage-cassandra",
        "datomic:cass3://h:1/keyspace.table/x?local-datacenter=datacenter1, storage-cassandra3",
        "datomic:inf://h:1/x, storage-infinispan"
    })
    void aDriverThatIsMissingIsNamedByItsProfile(String uri, String profile) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> PeerAddress.of(uri))
                .withMessageContaining("./mvnw -P" + profile + " package");
    }

    @Test
    void aMissingDriverOfJdbcIsNamedByItsProfileAndNothingElseOfTheUrl() {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> PeerAddress.of("datomic:sql://x?jdbc:mysql://db/d?user=u&password=s3cr3t"))
                .withMessageContaining("jdbc:mysql:")
                .withMessageContaining("-Pstorage-jdbc")
                .withMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datomic:mem://x",
                "datomic:mem://x?read-only=true",
                "datomic:dev://localhost:4334/x?password=p&h2-port=6000",
                "datomic:backup:file:/backups/x?t=5",
                "datomic:sql://x?jdbc:h2:tcp://h/d"
            })
    void whatNeedsNoOtherDriverIsTakenAsItIs(String uri) {
        assertThat(PeerAddress.of(DatabaseResource.of("x", uri))).isEqualTo(uri);
    }

    @Test
    void sqlNeedsAUrlOrADataSource() {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> PeerAddress.of("datomic:sql://x"))
                .withMessageContaining("data-source");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"datomic:sql://x?jdbc:postgresql://h/d", "datomic:sql://x?read-only=true", "datomic:dev://h:1/x"
            })
    void aDataSourceGoesWithNothingButTheName(String uri) {
        DatabaseResource resource = DatabaseResource.of("x", Map.of("uri", uri, "data-source", "jdbc/datomic"));

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> PeerAddress.of(resource))
                .withMessageContaining("datomic:sql://DB");
    }

    @Test
    void aDataSourceThatIsMissingIsNamed() {
        DatabaseResource resource =
                DatabaseResource.of("x", Map.of("uri", "datomic:sql://x", "data-source", "jdbc/datomic"));

        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> PeerAddress.of(resource))
                .withMessage("There is no data source jdbc/datomic in JNDI");
    }
}
