package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.Keys;

class GrantsTest {

    private static final Map<?, ?> TRANSACT = House.request("{:op :transact :database-id 'orders-id' :tx-data []}");
    private static final Caller READER = House.caller("reader", Set.of(Right.READ), "orders");
    private static final Caller WRITER = House.caller("writer", Set.of(Right.READ, Right.WRITE), "orders");
    private static final Caller ADMIN = House.caller("admin", Set.of(Right.READ, Right.ADMIN), "orders");
    private static final Caller ELSEWHERE = House.caller("elsewhere", Set.of(Right.values()), "staff");
    private static final Caller NOBODY = House.caller("nobody", Set.of(), "*");
    private static final Caller BLIND = House.caller("blind", Set.of(Right.WRITE, Right.ADMIN), "*");

    private final House house = new House();

    private Category refused(Caller caller, Map<?, ?> request) {
        return house.refusal(caller, request).category();
    }

    @Test
    void transactingNeedsTheRightToWrite() {
        assertThat(house.answer(WRITER, TRANSACT)).containsKey(Keys.DBS);
        for (Caller caller : List.of(READER, ADMIN)) {
            assertThat(house.refusal(caller, TRANSACT))
                    .isEqualTo(Anomaly.of(Category.FORBIDDEN, "This access key may not do that on database orders"));
        }
        for (Caller caller : List.of(ELSEWHERE, NOBODY, BLIND)) {
            assertThat(refused(caller, TRANSACT)).isEqualTo(Category.NOT_FOUND);
        }
        assertThat(house.orders.transacted()).hasSize(1);
    }

    @Test
    void aDatabaseThatIsHiddenLooksLikeOneThatIsNot() {
        assertThat(house.refusal("{:op :status :db-name 'staff'}"))
                .isEqualTo(Anomaly.of(Category.NOT_FOUND, "Database not found: staff"));
        assertThat(house.refusal("{:op :status :db-name 'none'}"))
                .isEqualTo(Anomaly.of(Category.NOT_FOUND, "Database not found: none"));
        assertThat(house.refusal("{:op :status :database-id 'staff-id'}"))
                .isEqualTo(Anomaly.of(Category.NOT_FOUND, "Database not found: staff-id"));
        assertThat(house.refusal("{:op :datomic.catalog/resolve-db :db-name 'away'}"))
                .isEqualTo(Anomaly.of(Category.NOT_FOUND, "Database not found: away"));
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailableToThoseWhoMaySeeIt() {
        Caller caller = House.caller("caller", Set.of(Right.READ), "away");

        assertThat(refused(caller, House.request("{:op :status :db-name 'away'}")))
                .isEqualTo(Category.UNAVAILABLE);
        assertThat(refused(caller, House.request("{:op :status :db-name 'away' :database-id 'unknown'}")))
                .isEqualTo(Category.UNAVAILABLE);
    }

    @Test
    void onlyWhatTheCallerMayReadIsListed() {
        Map<?, ?> list = House.request("{:op :datomic.catalog/list-dbs}");

        assertThat(house.answer(READER, list)).containsEntry(Keys.RESULT, List.of("orders"));
        assertThat(house.answer(BLIND, list)).containsEntry(Keys.RESULT, List.of());
        assertThat(house.answer(House.caller("all", Set.of(Right.READ), "*"), list))
                .containsEntry(Keys.RESULT, List.of("away", "held", "orders", "staff"));
    }

    @Test
    void everyDatabaseOfAQueryIsChecked() {
        assertThat(house.refusal("{:op :q :query '[:find ?e :in $ $b :where [?e]]'"
                                + " :args [{:database-id 'orders-id'} {:database-id 'staff-id'}]}")
                        .category())
                .isEqualTo(Category.NOT_FOUND);
        assertThat(house.numbers.searches()).isZero();
    }
}
