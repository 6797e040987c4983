package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import peerserver.conformance.SignedRequests.Answer;

/** What a load balancer asks. */
abstract class HealthConformance extends Conformance {

    HealthConformance(Target target) {
        super(target);
    }

    @Test
    void healthIsUpForAnyone() {
        Answer answer = SignedRequests.get(target, "/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(text(answer)).containsPattern("\"status\"\\s*:\\s*\"UP\"");
    }

    @Test
    void healthTellsStrangersNoNamesOfDatabasesAndNoKeys() {
        String text = text(SignedRequests.get(target, "/health"));

        for (String database : Target.DATABASES) {
            assertThat(text).doesNotContain("\"" + database + "\"").doesNotContain("datomic:");
        }
        for (AccessKey key : target.keys()) {
            assertThat(text).doesNotContain(key.key()).doesNotContain(key.secret());
        }
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
