package peerserver.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.CapturedLog;
import peerserver.config.AuditConfig;
import peerserver.config.AuditConfig.Format;

class AuditLogTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.250Z");

    private final CapturedLog lines = CapturedLog.of(AuditLog.CATEGORY);

    private static AuditLog log(Format format) {
        return new AuditLog(new AuditConfig(format), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static AuditEntry entry(@Nullable String key, @Nullable String database) {
        return new AuditEntry(NOW, key, "192.0.2.1", "transact", database, 1_001L, "ok", null, 12, "id-1");
    }

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void writesTextInOneLine() {
        log(Format.TEXT).write(entry("reporting", "sales"));

        assertThat(lines.lines())
                .containsExactly("INFO time=2026-11-22T10:00:00.250Z key=reporting address=192.0.2.1"
                        + " operation=transact database=sales t=1001 outcome=ok duration-ms=12 request-id=id-1");
    }

    @Test
    void writesJson() {
        log(Format.JSON).write(entry("a \"key\"", "sales"));

        assertThat(lines.lines(Level.INFO))
                .containsExactly("{\"time\":\"2026-11-22T10:00:00.250Z\",\"key\":\"a \\\"key\\\"\","
                        + "\"address\":\"192.0.2.1\",\"operation\":\"transact\",\"database\":\"sales\",\"t\":1001,"
                        + "\"outcome\":\"ok\",\"duration-ms\":12,\"request-id\":\"id-1\"}");
    }

    @Test
    void writesNothingWhenItIsOff() {
        AuditLog off = log(Format.OFF);
        off.write(entry("reporting", "sales"));
        off.writeStranger(() -> {
            throw new AssertionError("not wanted");
        });

        assertThat(off.wanted()).isFalse();
        assertThat(lines.lines()).isEmpty();
    }

    @Test
    void quotesWhatCouldBeTakenForMoreThanItIs() {
        log(Format.TEXT).write(entry("a=1 outcome=\"ok\"", null));

        assertThat(lines.lines().get(0))
                .contains(" key=\"a=1 outcome=\\\"ok\\\"\" ")
                .doesNotContain("database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "\u001b[31m", "\u00e4", "\u2028"})
    void leavesOutWhatIsNotPrintable(String name) {
        log(Format.TEXT).write(entry(name, name));
        log(Format.JSON).write(entry("x".repeat(257), name));

        assertThat(lines.lines()).hasSize(2).noneMatch(line -> line.contains("key") || line.contains("database"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0af7651916cd43dd8448eb211c80319c", "A-b_c.1"})
    void takesASafeIdOfTheClient(String id) {
        assertThat(AuditLog.requestId(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "<script>", "\u00e4"})
    void makesAnIdInThePlaceOfAnother(String id) {
        assertThat(AuditLog.requestId(id)).matches("[0-9a-f]{16}");
        assertThat(AuditLog.requestId("x".repeat(65))).matches("[0-9a-f]{16}");
        assertThat(AuditLog.requestId(null)).isNotEqualTo(AuditLog.requestId(null));
    }

    @Test
    void saysOfStrangersSoMuchASecondAndHowMuchItLeftOut() {
        TickingClock clock = new TickingClock();
        AuditLog log = new AuditLog(new AuditConfig(Format.JSON), clock);
        for (int i = 0; i < 25; i++) {
            log.writeStranger(() -> entry(null, null));
        }
        assertThat(lines.lines()).hasSize(10);

        clock.now = NOW.plus(Duration.ofSeconds(1));
        log.writeStranger(() -> entry(null, null));
        log.writeStranger(() -> entry(null, null));
        assertThat(lines.lines(Level.INFO).stream().map(AuditLogTest::json))
                .hasSize(12)
                .satisfies(all -> {
                    assertThat(all.get(10).getInt("left-out-before")).isEqualTo(15);
                    assertThat(all.get(11)).doesNotContainKey("left-out-before");
                });
    }

    private static JsonObject json(String line) {
        return Json.createReader(new StringReader(line)).readObject();
    }

    private static final class TickingClock extends Clock {

        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
