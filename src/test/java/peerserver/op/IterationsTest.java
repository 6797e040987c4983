package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.NumbersValue;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.Keys;

class IterationsTest {

    private static final String QUERY = ":op :q :query '[:find ?e :where [?e]]' :args [{:database-id 'orders-id'}]";
    private static final String DATOMS = ":op :datoms :database-id 'orders-id' :index :eavt";
    private static final String CHANCE =
            "{:op :q :query '[:find (rand 9 ?e) :where [?e]]' :args [{:database-id 'orders-id'}] :chunk 10}";

    private final House house = new House();

    private static List<?> data(Map<Keyword, Object> answer) {
        return (List<?>) Objects.requireNonNull(answer.get(Keys.DATA));
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static Map<Object, Object> copy(Map<?, ?> request) {
        return new HashMap<>(request);
    }

    /** Every row, chunk by chunk. */
    private List<Object> all(Map<?, ?> request, boolean forgetful) {
        Map<Keyword, Object> answer = house.answer(House.READER, request);
        List<Object> all = new ArrayList<>(data(answer));
        while (answer.containsKey(Keys.NEXT_TOKEN)) {
            if (forgetful) {
                house.forget();
            }
            answer = house.answer(House.READER, House.next(answer));
            all.addAll(data(answer));
        }
        return all;
    }

    @Test
    void anAnswerThatIsNotTheLastSaysHowToGoOn() {
        Map<Keyword, Object> answer = house.answer("{" + DATOMS + " :chunk 10}");

        assertThat(data(answer)).isEqualTo(numbers(0, 10));
        assertThat(answer).containsOnlyKeys(Keys.DATA, Keys.CHUNK, Keys.NEXT_OFFSET, Keys.NEXT_TOKEN);
        assertThat(answer).containsEntry(Keys.CHUNK, 10L).containsEntry(Keys.NEXT_OFFSET, 10L);
    }

    @Test
    void theLastAnswerCarriesNothingButItsRows() {
        assertThat(house.answer("{" + DATOMS + " :chunk 20 :offset 5}")).containsOnlyKeys(Keys.DATA);
        assertThat(house.answer("{" + DATOMS + " :limit 10 :chunk 10}")).containsOnlyKeys(Keys.DATA);
        assertThat(house.answer("{" + DATOMS + " :offset 25}")).isEqualTo(Map.of(Keys.DATA, List.of()));
        assertThat(house.answer("{" + DATOMS + " :offset 99}")).isEqualTo(Map.of(Keys.DATA, List.of()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsAtHandAndRowsFoundAgainAreTheSame(boolean forgetful) {
        for (int chunk = 1; chunk <= 20; chunk++) {
            assertThat(all(House.request("{" + DATOMS + " :chunk " + chunk + "}"), forgetful))
                    .isEqualTo(numbers(0, 25));
            assertThat(all(House.request("{" + QUERY + " :offset 3 :limit 19 :chunk " + chunk + "}"), forgetful))
                    .isEqualTo(numbers(3, 22).stream().map(List::of).toList());
        }
    }

    @Test
    void rowsAtHandAreNotLookedForAgain() {
        all(House.request("{" + QUERY + " :chunk 2}"), false);
        assertThat(house.numbers.searches()).isEqualTo(1);
        all(House.request("{" + DATOMS + " :chunk 2}"), false);
        assertThat(house.numbers.searches()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {QUERY, DATOMS})
    void theSameTokenGivesTheSameChunkEveryTime(String request) {
        Map<?, ?> second = House.next(house.answer("{" + request + " :chunk 10}"));
        List<?> rows = data(house.answer(House.READER, second));
        Map<Keyword, Object> again = house.answer(House.READER, second);

        assertThat(rows).hasSize(10);
        assertThat((Object) data(again)).isEqualTo(rows);
        assertThat(data(house.answer(House.READER, House.next(again)))).hasSize(5);
        house.forget();
        assertThat((Object) data(house.answer(House.READER, second))).isEqualTo(rows);
    }

    @Test
    void anOffsetThatIsNotTheTokensIsRefused() {
        Map<Object, Object> next = copy(House.next(house.answer("{" + DATOMS + " :chunk 10}")));
        next.put(Keys.OFFSET, 11L);

        assertThat(house.refusal(House.READER, next))
                .isEqualTo(Anomaly.of(Category.INCORRECT, "The :next-token stands at offset 10, not at 11"));
        next.remove(Keys.OFFSET);
        assertThat(data(house.answer(House.READER, next))).isEqualTo(numbers(10, 20));
    }

    @Test
    void aFollowingChunkCanHaveAnotherSize() {
        Map<Object, Object> next = copy(House.next(house.answer("{" + DATOMS + " :chunk 10}")));
        next.put(Keys.CHUNK, 3L);

        assertThat(house.answer(House.READER, next))
                .containsEntry(Keys.DATA, numbers(10, 13))
                .containsEntry(Keys.CHUNK, 3L);
    }

    @Test
    void aChunkIsNoLargerThanTheServerAllows() {
        assertThat(data(house.answer("{" + DATOMS + " :chunk 1000000}"))).hasSize(20);
    }

    @Test
    void aQueryCountsTheRowsThatItsRequestWillYield() {
        assertThat(house.answer("{" + QUERY + " :chunk 2}")).containsEntry(Keys.COUNT, 25L);
        assertThat(house.answer("{" + QUERY + " :chunk 2 :offset 20}")).containsEntry(Keys.COUNT, 5L);
        assertThat(house.answer("{" + QUERY + " :chunk 2 :offset 20 :limit 3}")).containsEntry(Keys.COUNT, 3L);
        assertThat(house.answer("{" + QUERY + " :offset 50}")).containsEntry(Keys.COUNT, 0L);
        assertThat(house.answer("{" + DATOMS + "}")).doesNotContainKey(Keys.COUNT);
    }

    @Test
    void aQueryThatFindsMoreThanTheServerAllowsIsRefused() {
        String all = "{" + QUERY + " :limit 1}";
        House enough = new House(25, Map.of("peerserver.result.max-rows", "25"));
        House less = new House(25, Map.of("peerserver.result.max-rows", "24"));

        assertThat(data(enough.answer(all))).hasSize(1);
        assertThat(less.refusal(all))
                .isEqualTo(Anomaly.of(
                        Category.INCORRECT,
                        "The query finds 25 rows; this server allows 24: ask for less, for example by a narrower query"
                                + " or an aggregate"));
    }

    @Test
    void aLimitOfNothingYieldsNothing() {
        assertThat(house.answer("{" + QUERY + " :limit 0}")).isEqualTo(Map.of(Keys.DATA, List.of(), Keys.COUNT, 0L));
        assertThat(house.answer("{" + DATOMS + " :limit 0}")).isEqualTo(Map.of(Keys.DATA, List.of()));
    }

    @Test
    void noLimitYieldsEverything() {
        house.orders.add(new NumbersValue("orders-id", 101, 1_500));

        assertThat(all(House.request("{" + DATOMS + " :limit -1}"), false)).hasSize(1_500);
        assertThat(all(House.request("{" + DATOMS + "}"), false)).hasSize(1_000);
        assertThat(house.answer("{" + QUERY + " :limit -1}")).containsEntry(Keys.COUNT, 1_500L);
        assertThat(house.answer("{" + QUERY + "}")).containsEntry(Keys.COUNT, 1_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {":limit -2", ":offset -1", ":chunk 0", ":chunk -1", ":limit 'x'", ":chunk 1.5"})
    void pagesThatMakeNoSenseAreRefused(String page) {
        assertThat(house.refusal("{" + DATOMS + " " + page + "}").category()).isEqualTo(Category.INCORRECT);
    }

    @Test
    void anIterationStaysAtTheTWhereItBegan() {
        Map<Keyword, Object> first = house.answer("{" + DATOMS + " :chunk 10}");
        house.orders.add(new NumbersValue("orders-id", 101, 11));
        house.forget();

        assertThat(data(house.answer(House.READER, House.next(first)))).isEqualTo(numbers(10, 20));
    }

    @Test
    void anIterationOfTheLogEndsWhereTheLogEndedWhenItBegan() {
        Map<Keyword, Object> first = house.answer("{:op :tx-range :database-id 'orders-id' :t 90 :start 85 :chunk 10}");
        house.orders.add(new NumbersValue("orders-id", 200, 11));
        house.forget();

        assertThat(data(first)).isEqualTo(numbers(85, 95));
        assertThat(house.answer(House.READER, House.next(first))).isEqualTo(Map.of(Keys.DATA, numbers(95, 101)));
    }

    @Test
    void aReadingOfALogThatNeverEndsEndsAtItsTimeout() {
        String endless = "{:op :tx-range :database-id 'orders-id' :start 0 :end 9223372036854775807 :limit -1"
                + " :chunk 1000000000";
        Map<String, String> settings =
                Map.of("peerserver.chunk.max", "1000000000", "peerserver.request.timeout-ms", "20");
        House patient = new House(25, settings);

        assertThat(patient.refusal(endless + " :timeout 10}").category()).isEqualTo(Category.INTERRUPTED);
        assertThat(patient.refusal(endless + "}").category()).isEqualTo(Category.INCORRECT);
    }

    @Test
    void aQueryByChanceGoesOnOnlyWithTheRowsThatItFound() {
        Map<?, ?> next = House.next(house.answer(CHANCE));

        assertThat(data(house.answer(House.READER, next))).hasSize(10);
        assertThat(data(house.answer(House.READER, next))).hasSize(10);
        house.forget();
        Anomaly refusal = house.refusal(House.READER, next);
        assertThat(refusal.category()).isEqualTo(Category.INCORRECT);
        assertThat(refusal.message()).contains("chance", "run the query again");
    }

    @Test
    void aTokenThatIsNoneOfTheCallersIsRefused() {
        Map<?, ?> next = House.next(house.answer("{" + DATOMS + " :chunk 10}"));

        assertThat(house.refusal(House.caller("other", Set.of(Right.READ), "orders"), next)
                        .category())
                .isEqualTo(Category.INCORRECT);
        assertThat(house.refusal("{:op :next :next-token 'v1.AAAA'}").category())
                .isEqualTo(Category.INCORRECT);
        assertThat(house.refusal("{:op :next}").category()).isEqualTo(Category.INCORRECT);
    }

    @Test
    void theHandleOfADbValueIsNoIteration() {
        Object handle = Objects.requireNonNull(
                house.answer("{:op :with-db :database-id 'orders-id'}").get(Keys.NEXT_TOKEN));

        assertThat(house.refusal(House.READER, Map.of(Keys.OP, Keyword.intern("next"), Keys.NEXT_TOKEN, handle))
                        .category())
                .isEqualTo(Category.INCORRECT);
    }
}
