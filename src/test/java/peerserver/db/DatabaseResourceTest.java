package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class DatabaseResourceTest {

    @Test
    void textIsTheUriAlone() {
        assertThat(DatabaseResource.of("orders", "datomic:mem://orders"))
                .isEqualTo(DatabaseResource.of("orders", Map.of("uri", "datomic:mem://orders")));
    }

    @Test
    void propertiesAndMapsTellMore() {
        Properties defaults = new Properties();
        defaults.setProperty("database-id", "id");
        Properties properties = new Properties(defaults);
        properties.setProperty("uri", "datomic:mem://orders");
        properties.setProperty("create", "true");
        properties.setProperty("required", "TRUE");
        properties.setProperty("description", "What was ordered");
        properties.setProperty("data-source", "jdbc/datomic");
        properties.setProperty("connect-timeout-ms", "5000");
        DatabaseResource read = DatabaseResource.of("orders", properties);

        assertThat(read.flawless().uri()).isEqualTo("datomic:mem://orders");
        assertThat(read.create()).isTrue();
        assertThat(read.required()).isTrue();
        assertThat(read.readOnly()).isFalse();
        assertThat(read.databaseId()).contains("id");
        assertThat(read.description()).contains("What was ordered");
        assertThat(read.dataSource()).contains("jdbc/datomic");
        assertThat(read.connectTimeout()).contains(Duration.ofSeconds(5));
        assertThat(DatabaseResource.of("orders", Map.of("uri", "datomic:mem://orders", "read-only", true))
                        .readOnly())
                .isTrue();
    }

    @Test
    void whatIsMisspeltIsRefusedAndNotIgnored() {
        assertFlaw(
                Map.of("uri", "datomic:mem://orders", "readonly", true),
                "The resource datomic/orders has unknown properties: [readonly]");
        assertFlaw(
                Map.of("uri", "datomic:mem://orders", "read-only", "yes"),
                "The resource datomic/orders has neither true nor false for read-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "-1", "1.5", "9999999999"})
    void aTimeoutIsAPositiveNumberOfMilliseconds(String text) {
        assertFlaw(
                Map.of("uri", "datomic:mem://orders", "connect-timeout-ms", text),
                "The resource datomic/orders has no positive number for connect-timeout-ms");
    }

    private static void assertFlaw(Object value, String message) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> DatabaseResource.of("orders", value).flawless())
                .withMessage(message)
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    @Test
    void aConnectionDependsOnWhatMakesItAndNotOnHowItIsServed() {
        DatabaseResource orders = DatabaseResource.of("orders", "datomic:mem://orders");

        assertThat(DatabaseResource.of(
                                "other-name",
                                Map.of(
                                        "uri",
                                        "datomic:mem://orders",
                                        "create",
                                        true,
                                        "required",
                                        true,
                                        "read-only",
                                        true))
                        .connectsAs(orders))
                .isTrue();
        for (Object other : List.of(
                "datomic:mem://other",
                Map.of("uri", "datomic:mem://orders", "database-id", "id"),
                Map.of("uri", "datomic:mem://orders", "read-only", "yes"))) {
            assertThat(DatabaseResource.of("orders", other).connectsAs(orders)).isFalse();
        }
    }

    @Test
    void aResourceWithoutAUriIsRefusedByName() {
        for (Object value : new Object[] {Map.of("create", true), new Properties(), 5L}) {
            assertFlaw(value, "The resource datomic/orders has no uri");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a.b", "ä", "a_b", "*"})
    void aNameIsMadeOfLettersDigitsAndHyphens(String name) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> DatabaseResource.of(name, "datomic:mem://a").flawless())
                .withMessageContaining("letters, digits and hyphens");
        assertThat(DatabaseResource.of("Orders-2026", "datomic:mem://a")
                        .flawless()
                        .name())
                .isEqualTo("Orders-2026");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datomic:dev://localhost:4334/orders?password=s3cr3t",
                "datomic:dev://localhost:4334/orders?h2-port=1&password=s3cr3t&x=y",
                "datomic:sql://orders?jdbc:postgresql://localhost:5432/datomic?user=datomic&password=s3cr3t",
                "datomic:sql://orders?jdbc:postgresql://datomic:s3cr3t@localhost:5432/datomic",
                "datomic:sql://orders?jdbc:postgresql://datomic:p@s3cr3t@localhost:5432/datomic",
                "datomic:sql://orders?jdbc:mysql://localhost:3306/datomic?user=datomic&password=s3cr3t&useSSL=false",
                "datomic:sql://orders?jdbc:sqlserver://db:1433;databaseName=d;user=sa;password=s3cr3t;encrypt=true",
                "datomic:sql://orders?jdbc:oracle:thin:datomic/s3cr3t@localhost:1521:XE",
                "datomic:sql://orders?jdbc:oracle:thin:datomic/s3cr3t@//localhost:1521/XE",
                "datomic:ddb://us-east-1/table/orders?aws_access_key_id=AKIA&aws_secret_key=s3cr3t",
                "datomic:ddb-local://localhost:8000/table/orders?aws_access_key_id=AKIA&aws_secret_key=s3cr3t",
                "datomic:ddb://us-east-1/table/orders?aws_secret_access_key=s3cr3t&aws_session_token=s3cr3t",
                "datomic:cass://cass-host:9042/table/orders?user=datomic&password=s3cr3t&ssl=true",
                "datomic:couchbase://host/bucket/orders/?password=s3cr3t",
                "datomic:riak://user:s3cr3t@host/bucket/orders",
                "datomic:dev://localhost:4334/orders?PASSWORD=s3cr3t",
                "Cannot connect to jdbc:postgresql://db/datomic?user=u&password=s3cr3t: Connection refused",
                "bad credentials for user=datomic, password=s3cr3t, retry"
            })
    void secretsAreReplacedInEveryFormOfUri(String text) {
        assertThat(DatabaseResource.redacted(text)).doesNotContain("s3cr3t").contains("***");
        assertThat(DatabaseResource.of("orders", text).toString())
                .startsWith("datomic/orders (")
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datomic:mem://orders",
                "datomic:dev://localhost:4334/orders",
                "datomic:ddb://us-east-1/table/orders",
                "datomic:sql://orders?jdbc:postgresql://localhost:5432/datomic?user=datomic",
                "datomic:sql://orders?jdbc:oracle:thin:@localhost:1521:XE",
                "There is no user@host in http://host:80/path"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(DatabaseResource.redacted(text)).isEqualTo(text);
    }
}
