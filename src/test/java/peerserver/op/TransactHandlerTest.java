package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Category;
import peerserver.wire.Keys;

class TransactHandlerTest {

    private static final Caller WRITER = House.caller("writer", Set.of(Right.READ, Right.WRITE), "*");

    private final House house = new House();

    private static Map<?, ?> request(String more) {
        return House.request("{:op :transact :database-id 'held-id' :tx-data [{:x/n 1}] " + more + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":tx-id nil"})
    void withoutAnIdEveryRequestIsATransaction(String noId) {
        house.held.endAtOnce();
        house.answer(WRITER, request(noId));
        house.answer(WRITER, request(noId));

        assertThat(house.held.submissions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#uuid '12345678-1234-1234-1234-123456789abc'", "'job-17/step:2'"})
    void withAnIdATransactionIsMadeOnce(String id) {
        house.held.endAtOnce();

        assertThat(house.answer(WRITER, request(":tx-id " + id)))
                .isEqualTo(house.answer(WRITER, request(":tx-id " + id)));
        assertThat(house.held.submissions()).isEqualTo(1);
    }

    @Test
    void theLongestIdHas256Characters() {
        house.held.endAtOnce();

        assertThat(house.answer(WRITER, request(":tx-id '" + "x".repeat(256) + "'")))
                .containsKey(Keys.TX_DATA);
        assertThat(house.refusal(WRITER, request(":tx-id '" + "x".repeat(257) + "'"))
                        .category())
                .isEqualTo(Category.INCORRECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", ":key", "''", "'two words'", "'\u00fc'", "[]", "false"})
    void anythingElseIsNoId(String id) {
        assertThat(house.refusal(WRITER, request(":tx-id " + id)))
                .satisfies(anomaly -> assertThat(anomaly.category()).isEqualTo(Category.INCORRECT))
                .satisfies(anomaly -> assertThat(anomaly.message()).contains(":tx-id"));
        assertThat(house.held.submissions()).isZero();
    }

    @Test
    void whoeverRanOutOfTimeLearnsTheOutcomeBySendingItAgain() {
        Map<?, ?> impatient = request(":tx-id 'id' :timeout 1");

        assertThat(house.refusal(WRITER, impatient).category()).isEqualTo(Category.INTERRUPTED);
        assertThat(house.refusal(WRITER, impatient).category()).isEqualTo(Category.INTERRUPTED);
        house.held.succeed(0, 9);

        Map<?, ?> dbAfter = (Map<?, ?>) Objects.requireNonNull(
                house.answer(WRITER, request(":tx-id 'id'")).get(Keys.DB_AFTER));
        assertThat(dbAfter.get(Keys.T)).isEqualTo(9L);
        assertThat(house.held.submissions()).isEqualTo(1);
    }

    @Test
    void theGrantIsCheckedAgainWhenItIsSentAgain() {
        house.held.endAtOnce();
        house.answer(WRITER, request(":tx-id 'id'"));
        Caller demoted = House.caller("writer", Set.of(Right.READ), "*");

        assertThat(house.refusal(demoted, request(":tx-id 'id'")).category()).isEqualTo(Category.FORBIDDEN);
        assertThat(house.held.submissions()).isEqualTo(1);
    }
}
