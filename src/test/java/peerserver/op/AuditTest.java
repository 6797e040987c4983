package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.CapturedLog;
import peerserver.audit.AuditLog;
import peerserver.config.AuditConfig;
import peerserver.config.AuditConfig.Format;
import peerserver.db.FakeDatabase;
import peerserver.db.NumbersValue;
import peerserver.db.TestDatabases;
import peerserver.wire.Category;
import peerserver.wire.Keys;

class AuditTest {

    private static final AuditLog LOG = new AuditLog(
            new AuditConfig(Format.TEXT), Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC));

    private final Audit audit = new Audit(
            LOG,
            TestDatabases.of(Map.of("orders", new FakeDatabase(new NumbersValue("orders-id", 100, 25))))
                    .databases());
    private final CapturedLog lines = CapturedLog.of(AuditLog.CATEGORY);

    private static Audit.Request request(String edn) {
        return new Audit.Request(House.READER, House.request(edn), "192.0.2.1", "id-1", System.nanoTime());
    }

    private String line() {
        return lines.lines(Level.INFO).get(0).replaceFirst("duration-ms=\\d+", "duration-ms=N");
    }

    @AfterEach
    void close() {
        lines.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:op :transact}",
                "{:op :datomic.client.protocol/transact}",
                "{:op :datomic.catalog/create-db}",
                "{:op :datomic.catalog/delete-db}",
                "{:op :datomic.catalog/administer-system}"
            })
    void whateverWritesHasAnEntryHoweverItEnds(String request) {
        assertThat(audit.wanted(House.request(request), null)).isTrue();
        for (Category category : Category.values()) {
            assertThat(audit.wanted(House.request(request), category)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatReadsHasAnEntryWhenItIsRefused(Category category) {
        boolean refused = category == Category.FORBIDDEN || category == Category.NOT_FOUND;

        assertThat(audit.wanted(House.request("{:op :q}"), category)).isEqualTo(refused);
        assertThat(audit.wanted(null, category)).isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{:op :q}", "{:op :with}", "{:op :next}", "{:op :datomic.catalog/list-dbs}", "{:op 5}", "{}"})
    void whatReadsHasNone(String request) {
        assertThat(audit.wanted(House.request(request), null)).isFalse();
        assertThat(audit.wanted("no map", null)).isFalse();
    }

    @Test
    void aTransactionIsToldWithItsTAndWithoutItsData() {
        audit.done(
                request("{:op :transact :database-id 'orders-id' :tx-data [[:db/add 1 :a 'topsecret']] :tx-id 'x'}"),
                Map.of(Keys.DB_AFTER, Map.of(Keys.T, 101L), Keyword.intern("tempids"), Map.of()));

        assertThat(line())
                .isEqualTo("time=2026-11-22T10:00:00Z key=reader address=192.0.2.1 operation=transact database=orders"
                        + " t=101 outcome=ok duration-ms=N request-id=id-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{:op :transact :db-name 'orders'} | operation=transact database=orders outcome=forbidden",
                "{:op :status :db-name 'staff'} | operation=status database=staff outcome=forbidden",
                "{:op :status :database-id 'other-id'} | operation=status database=other-id outcome=forbidden",
                "{:op :q :query 'topsecret' :args [1 {:database-id 'orders-id'}]} | operation=q database=orders outcome=forbidden",
                "{:op :next :next-token 'topsecret'} | operation=next outcome=forbidden",
                "{:op :topsecret} | address=192.0.2.1 outcome=forbidden",
                "{:op :status :database-id {}} | operation=status outcome=forbidden",
            })
    void aRefusalIsToldWithWhatWasAskedFor(String request, String line) {
        audit.failed(request(request), Category.FORBIDDEN);

        assertThat(line()).contains(line).doesNotContain("topsecret");
    }
}
