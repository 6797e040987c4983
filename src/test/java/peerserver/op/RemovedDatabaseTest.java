package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.Keys;

/** What can still be done on a database that is declared no longer, or for reading only. */
class RemovedDatabaseTest {

    private static final String DATOMS =
            "{:op :datoms :database-id 'orders-id' :db-name 'orders' :index :eavt :chunk 10}";
    private static final Caller OWNER = House.caller("owner", Set.of(Right.values()), "*");

    private final House house = new House();

    private Map<Keyword, Object> begun() {
        return house.answer(OWNER, House.request(DATOMS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DATOMS,
                "{:op :datomic.catalog/resolve-db :db-name 'orders'}",
                "{:op :status :database-id 'orders-id'}",
                "{:op :q :query '[:find ?e :where [?e]]' :args [{:database-id 'orders-id'}]}",
                "{:op :transact :database-id 'orders-id' :tx-data []}",
                "{:op :with-db :database-id 'orders-id'}"
            })
    void aRequestThatBeginsFindsItNoLonger(String request) {
        house.remove("orders");

        assertThat(house.refusal(OWNER, House.request(request)).category()).isEqualTo(Category.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIterationThatHasBegunGoesOn(boolean rowsAreAtHand) {
        Map<Keyword, Object> first = begun();
        house.remove("orders");
        if (!rowsAreAtHand) {
            house.forget();
        }

        Map<Keyword, Object> second = house.answer(OWNER, House.next(first));
        Map<Keyword, Object> third = house.answer(OWNER, House.next(second));

        assertThat((List<?>) second.get(Keys.DATA)).hasSize(10);
        assertThat((List<?>) third.get(Keys.DATA)).hasSize(5);
        assertThat(third).doesNotContainKey(Keys.NEXT_TOKEN);
    }

    @Test
    void anIterationOfSomebodyWhoMayNoLongerReadDoesNot() {
        Map<Keyword, Object> first = begun();
        house.remove("orders");

        assertThat(house.refusal(House.caller("owner", Set.of(), "*"), House.next(first))
                        .category())
                .isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void aDatabaseThatIsServedForReadingIsChangedByNobody() {
        house.declare("orders", Map.of("uri", "fake:orders", "read-only", true));

        assertThat(house.refusal(OWNER, House.request("{:op :transact :database-id 'orders-id' :tx-data []}")))
                .isEqualTo(Anomaly.of(Category.FORBIDDEN, "Database orders is served for reading only"));
        assertThat(house.refusal(
                                OWNER,
                                House.request("{:op :datomic.catalog/administer-system :db-name 'orders'"
                                        + " :action :upgrade-schema}"))
                        .category())
                .isEqualTo(Category.FORBIDDEN);
        assertThat(begun()).containsKey(Keys.NEXT_TOKEN);
        assertThat(house.answer(OWNER, House.request("{:op :with-db :database-id 'orders-id'}")))
                .containsKey(Keys.NEXT_TOKEN);
        assertThat(house.orders.transacted()).isEmpty();
    }
}
