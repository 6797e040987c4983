package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlUriTest {

    @ParameterizedTest
    @CsvSource({
        "datomic:sql://orders?jdbc:postgresql://h:1/d?user=u, jdbc:postgresql://h:1/d?user=u",
        "datomic:sql://orders?read-only=true#jdbc:postgresql://h/d, jdbc:postgresql://h/d",
        "datomic:sql://*?jdbc:oracle:thin:@h:1521:XE, jdbc:oracle:thin:@h:1521:XE",
        "datomic:sql://orders,",
        "datomic:dev://h:1/jdbc:x,"
    })
    void aUrlOfJdbcEndsTheUri(String uri, String url) {
        assertThat(SqlUri.jdbcUrl(uri).orElse(null)).isEqualTo(url);
    }

    @Test
    void theNameOfTheDatabaseIsBeforeIt() {
        assertThat(SqlUri.databaseName("datomic:sql://orders")).isEqualTo("orders");
        assertThat(SqlUri.databaseName("datomic:sql://orders?jdbc:postgresql://h/d?user=u"))
                .isEqualTo("orders");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://h/d, postgresql://h/d?connectTimeout=10&socketTimeout=10&tcpKeepAlive=true",
        "postgresql://h/d?user=u, postgresql://h/d?user=u&connectTimeout=10&socketTimeout=10&tcpKeepAlive=true",
        "postgresql://h/d?socketTimeout=0, postgresql://h/d?socketTimeout=0&connectTimeout=10&tcpKeepAlive=true",
        "postgresql://h/d?tcpKeepAlive=false&connectTimeout=3&socketTimeout=5,"
                + " postgresql://h/d?tcpKeepAlive=false&connectTimeout=3&socketTimeout=5"
    })
    void postgresqlHasTimeoutsWhereItsUrlDoesNotNameThem(String url, String bounded) {
        assertThat(SqlUri.withTimeouts("datomic:sql://x?jdbc:" + url)).isEqualTo("datomic:sql://x?jdbc:" + bounded);
        assertThat(SqlUri.withTimeouts("datomic:sql://x?read-only=true#jdbc:" + url))
                .isEqualTo("datomic:sql://x?read-only=true#jdbc:" + bounded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datomic:sql://x?jdbc:mysql://h/d",
                "datomic:sql://x",
                "datomic:dev://h:1/x",
                "datomic:ddb://region/table/x"
            })
    void everyOtherUriStaysAsItIs(String uri) {
        assertThat(SqlUri.withTimeouts(uri)).isEqualTo(uri);
    }
}
