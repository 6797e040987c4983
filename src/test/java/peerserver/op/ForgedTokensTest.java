package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.chunk.Forger;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

/** Tokens that callers sealed for themselves, under the key that derives from their own secret. */
class ForgedTokensTest {

    private static final Caller BOTH = House.caller("reader", Set.of(Right.READ), "orders", "staff");
    private static final Caller ORDERS = House.READER;

    private final House house = new House();
    private final Forger forger = new Forger(ORDERS);
    private final String token = token("{:op :datoms :database-id 'orders-id' :index :eavt :chunk 5}");

    private String token(String request) {
        return token(house.answer(BOTH, House.request(request)));
    }

    private static String token(Map<Keyword, Object> answer) {
        return (String) Objects.requireNonNull(answer.get(Keys.NEXT_TOKEN));
    }

    private static Map<?, ?> next(String token) {
        return Map.of(Keys.OP, Keyword.intern("next"), Keys.NEXT_TOKEN, token);
    }

    private Category refused(String forged) {
        Anomaly anomaly = house.refusal(ORDERS, next(forged));
        assertThat(anomaly.message()).isNotBlank();
        return anomaly.category();
    }

    private String withRequest(String edn) {
        return forger.altered(token, "request", House.request(edn));
    }

    private static @Nullable Object value(String edn) {
        return edn.equals("nil") ? null : EdnCodec.readString(edn.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id 5",
                "id nil",
                "id ''",
                "id [1]",
                "row nil",
                "row -1",
                "row 'x'",
                "row 1.5",
                "row 99999999999999999999N",
                "end nil",
                "end -1",
                "end :k",
                "chunk nil",
                "chunk 0",
                "chunk -5",
                "chunk 2147483648",
                "chunk {}",
                "request 5",
                "request 'text'",
                "request [:op :datoms]",
                "request {}",
                "request {'op' :datoms}",
                "request {:op 'datoms'}",
                "request {nil nil}",
                "kind :handle",
                "kind nil",
                "owner 'other'",
                "owner nil",
                "owner [5]",
                "expires nil",
                "expires 'never'",
                "expires 99999999999999",
                "expires #inst '2026-11-22T09:59:59Z'"
            })
    void anEntryOfTheWrongKindIsIncorrect(String entry) {
        String[] parts = entry.split(" ", 2);

        assertThat(refused(forger.altered(token, parts[0], value(parts[1])))).isEqualTo(Category.INCORRECT);
    }

    @Test
    void contentOfTheWrongKindIsIncorrect() {
        for (Object content : List.of("text", 5L, List.of(1L), Map.of(), Map.of("id", "x"))) {
            assertThat(refused(forger.token(content))).isEqualTo(Category.INCORRECT);
        }
        assertThat(refused(forger.nonsense())).isEqualTo(Category.INCORRECT);
    }

    @Test
    void contentWithAnotherKeyThanKeywordsIsIncorrect() {
        Map<Object, @Nullable Object> content = forger.content(token);
        content.put("text", 5L);

        assertThat(refused(forger.token(content))).isEqualTo(Category.INCORRECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:op :no-such-operation :database-id 'orders-id'}",
                "{:op :next :next-token 'x'}",
                "{:op :transact :database-id 'orders-id' :tx-data []}",
                "{:op :with-db :database-id 'orders-id'}",
                "{:op :pull :database-id 'orders-id' :selector [:a] :eid 1}",
                "{:op :datoms :database-id 'orders-id' :index :none}",
                "{:op :datoms :database-id 5 :index :eavt}",
                "{:op :datoms :database-id 'orders-id' :t 'x' :index :eavt}",
                "{:op :datoms :database-id 'orders-id' :index :eavt :components 5}",
                "{:op :datoms :index :eavt}",
                "{:op :index-range :database-id 'orders-id'}",
                "{:op :index-pull :database-id 'orders-id' :index :avet :selector 5 :start [:a]}",
                "{:op :tx-range :database-id 'orders-id' :start 'x'}",
                "{:op :q :query '[:find' :args [{:database-id 'orders-id'}]}",
                "{:op :q :query '[:find ?e :where [?e]]' :args [5]}",
                "{:op :q :query '[:find ?e :where [?e]]' :args 5}"
            })
    void aRequestThatWouldBeIncorrectFreshIsIncorrectInARecipe(String request) {
        house.forget();

        assertThat(refused(withRequest(request))).isEqualTo(Category.INCORRECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:op :datoms :database-id 'staff-id' :index :eavt}",
                "{:op :datoms :db-name 'staff' :index :eavt}",
                "{:op :tx-range :database-id 'staff-id' :start 0 :end 5}",
                "{:op :q :query '[:find ?e :where [?e]]' :args [{:database-id 'staff-id'}]}",
                "{:op :q :query '[:find ?e :in $ $b :where [?e]]' :args [{:database-id 'orders-id'} {:database-id 'staff-id'}]}",
                "{:op :datoms :database-id 'no-such-id' :index :eavt}"
            })
    void aDatabaseThatTheCallerMayNotSeeIsNotThere(String request) {
        assertThat(refused(withRequest(request))).isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void rowsAtHandOfADatabaseThatTheCallerMayNoLongerSeeAreNotGivenOut() {
        String ofStaff = token("{:op :datoms :database-id 'staff-id' :index :eavt :chunk 2}");
        Map<Object, @Nullable Object> request = new HashMap<>(
                (Map<?, ?>) Objects.requireNonNull(forger.content(ofStaff).get(Keyword.intern("request"))));
        request.put(Keys.DATABASE_ID, "orders-id");
        request.put(Keys.T, 100L);

        assertThat(refused(ofStaff)).isEqualTo(Category.NOT_FOUND);
        // There are three numbers in the one database, and more in the other.
        assertThat(house.answer(ORDERS, next(forger.altered(ofStaff, "request", request))))
                .containsEntry(Keys.DATA, List.of(2L, 3L));
    }

    @Test
    void aForgedChunkIsNoLargerThanAFreshOne() {
        Map<Keyword, Object> answer = house.answer(ORDERS, next(forger.altered(token, "chunk", 1_000_000L)));

        assertThat((List<?>) answer.get(Keys.DATA)).hasSize(20);
    }

    @Test
    void aTokenThatSaysThatItNeverExpiresIsWorthNoMoreThanAFreshRequest() {
        String lasting = forger.altered(token, "expires", value("#inst '9999-12-31'"));

        assertThat(house.answer(ORDERS, next(lasting))).containsKey(Keys.DATA);
        Caller elsewhere = House.caller("reader", Set.of(Right.READ), "staff");
        assertThat(house.refusal(elsewhere, next(lasting)).category()).isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void aTokenSealedByAnotherIsIncorrect() {
        Caller other = House.caller("other", Set.of(Right.READ), "orders");

        assertThat(refused(new Forger(other).token(forger.content(token)))).isEqualTo(Category.INCORRECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t nil", "t 'x'", "t -1", "id 'unknown'", "id 5", "database-id 5", "kind :iteration"})
    void aForgedHandleIsIncorrect(String entry) {
        String handle = token("{:op :with-db :database-id 'orders-id'}");
        String[] parts = entry.split(" ", 2);

        assertThat(refusedWith(forger.altered(handle, parts[0], value(parts[1]))))
                .isEqualTo(Category.INCORRECT);
    }

    @Test
    void aSpeculativeValueOfAnotherDatabaseIsIncorrect() {
        String handle = token("{:op :with-db :database-id 'staff-id'}");
        Map<Keyword, Object> answer =
                house.answer(BOTH, with("{:op :with :database-id 'staff-id' :tx-data []}", handle));
        Map<?, ?> after = (Map<?, ?>) Objects.requireNonNull(answer.get(Keys.DB_AFTER));
        String speculative = (String) Objects.requireNonNull(after.get(Keys.NEXT_TOKEN));

        assertThat(refusedWith(forger.altered(speculative, "database-id", "orders-id")))
                .isEqualTo(Category.INCORRECT);
    }

    private Category refusedWith(String handle) {
        return house.refusal(ORDERS, with("{:op :with :database-id 'orders-id' :tx-data []}", handle))
                .category();
    }

    private static Map<?, ?> with(String request, String handle) {
        Map<Object, Object> with = new HashMap<>(House.request(request));
        with.put(Keys.NEXT_TOKEN, handle);
        return with;
    }
}
