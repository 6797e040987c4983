package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.chunk.Forger;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

/** Speculative values on the node that did not make them. */
class SpeculativeValuesTest {

    private static final String PULL = "{:op :pull :selector [:item/name :item/count] :eid [:item/name 'new']}";
    private static final Keyword STEPS = Keyword.intern("steps");

    private final SpeculatingNode there = SpeculatingNode.ofPeer(Map.of());
    private final SpeculatingNode here = SpeculatingNode.ofPeer(Map.of());
    private final Forger forger = new Forger(SpeculatingNode.CALLER);
    private final String handle = there.with(there.withDb(), List.of("[{:item/name 'new' :item/count 3}]"));

    @AfterEach
    void close() {
        there.close();
        here.close();
    }

    private Map<?, ?> pulled(SpeculatingNode node, String handle) {
        return (Map<?, ?>) Objects.requireNonNull(node.answer(PULL, handle).get(Keys.RESULT));
    }

    private static Object edn(String text) {
        return Objects.requireNonNull(EdnCodec.readString(text.replace('\'', '"')));
    }

    private Anomaly refusal(String handle) {
        return here.refusal(PULL, handle).anomaly();
    }

    @Test
    void aValueGoesOnOnAnotherNode() {
        assertThat(pulled(here, handle)).isEqualTo(edn("{:item/name 'new' :item/count 3}"));
        String more = here.with(handle, List.of("[{:item/name 'new' :item/count 4}]"));
        assertThat(pulled(there, more)).isEqualTo(edn("{:item/name 'new' :item/count 4}"));
    }

    @Test
    void aHandleOfWithDbGoesOnOnAnotherNode() {
        String other = here.with(there.withDb(), List.of("[{:item/name 'new' :item/count 5}]"));

        assertThat(pulled(there, other)).isEqualTo(edn("{:item/name 'new' :item/count 5}"));
    }

    @Test
    void transactionsAfterItsBasisDoNotShow() {
        here.transact("[{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-03'} {:item/name 'new' :item/count 100}]");

        assertThat(pulled(here, handle)).isEqualTo(edn("{:item/name 'new' :item/count 3}"));
    }

    @Test
    void aLargeOneComesByTheSessionOrNotAtAll() {
        String large = there.with(
                handle,
                List.of(SpeculatingNode.dense(1), SpeculatingNode.dense(2), "[{:item/name 'new' :item/count 8}]"));

        assertThat(refusal(large).category()).isEqualTo(Category.INCORRECT);
        assertThat(refusal(large).message()).contains("session", "with-db");
        here.session.kept.putAll(there.session.kept);
        assertThat(pulled(here, large)).isEqualTo(edn("{:item/name 'new' :item/count 8}"));
    }

    @Test
    void aSessionThatHasLostItGetsItBackWhenTheValueIsUsed() {
        String large = there.with(handle, List.of(SpeculatingNode.dense(1)));
        Map<String, String> kept = Map.copyOf(there.session.kept);
        there.session.kept.clear();
        pulled(there, large);

        assertThat(kept).hasSize(1);
        assertThat(there.session.kept).isEqualTo(kept);
    }

    @Test
    void oneThatIsTooLargeToBeCarriedAlongStaysWhereItIs() {
        try (SpeculatingNode narrow = SpeculatingNode.ofPeer(Map.of("peerserver.speculative.recipe-bytes", "2000"))) {
            String large = narrow.with(narrow.withDb(), List.of(SpeculatingNode.dense(1), "[{:item/name 'new'}]"));

            assertThat(pulled(narrow, large)).isEqualTo(edn("{:item/name 'new'}"));
            assertThat(narrow.session.kept).isEmpty();
            assertThat(refusal(large).category()).isEqualTo(Category.INCORRECT);
            assertThat(refusal(large).message()).contains("more than are carried along", "with-db");
        }
    }

    @Test
    void anIterationOverItGoesOnOnAnotherNode() {
        Map<?, ?> db = Map.of(Keys.DATABASE_ID, "items-id", Keys.NEXT_TOKEN, handle);
        Map<Object, Object> request = new HashMap<>((Map<?, ?>) edn(
                "{:op :q :query [:find ?n ?tx :in $ $d :where [?e :item/name ?n ?tx] [$d ?e :item/name]] :chunk 1}"));
        request.put(Keys.ARGS, List.of(db, db));
        List<Object> rows = new ArrayList<>();
        Map<Keyword, Object> answer = there.answer(SpeculatingNode.CALLER, request);
        SpeculatingNode next = here;
        while (true) {
            rows.addAll((List<?>) Objects.requireNonNull(answer.get(Keys.DATA)));
            if (!answer.containsKey(Keys.NEXT_TOKEN)) {
                break;
            }
            answer = next.answer(SpeculatingNode.CALLER, House.next(answer));
            next = next == here ? there : here;
        }
        request.put(Keys.CHUNK, 1000L);

        assertThat(rows)
                .hasSize(3)
                .isEqualTo(there.answer(SpeculatingNode.CALLER, request).get(Keys.DATA));
    }

    @Test
    void aNodeWithOtherDataRefuses() {
        there.transact("[{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-03'} {:item/name 'x'}]");
        here.transact(
                "[{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-03'} {:item/count 5 :item/tags [:y]} {:db/doc 'z'}]");
        String other = there.with(there.withDb(), List.of("[{:item/name 'new' :item/count 3}]"));

        assertThat(refusal(other).category()).isEqualTo(Category.INCORRECT);
        assertThat(refusal(other).message()).contains("does something else than it did", "with-db");
    }

    @Test
    void aTransactionThatFailsHereIsTold() {
        there.transact("[{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-03'} {:item/name 'x' :item/count 1}]");
        here.transact("[{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-03'} {:item/name 'x' :item/count 2}]");
        String other = there.with(there.withDb(), List.of("[[:db/cas [:item/name 'x'] :item/count 1 5]]"));

        assertThat(refusal(other).category()).isEqualTo(Category.INCORRECT);
        assertThat(refusal(other).message()).contains("a transaction fails", "with-db");
    }

    @Test
    void aBasisThatIsYetToComeIsUnavailableAndOneThatWasLetGoOfIncorrect() {
        try (SpeculatingNode hasty = SpeculatingNode.ofPeer(Map.of("peerserver.basis.wait-ms", "10"))) {
            there.transact("[{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-03'} {:item/name 'x'}]");
            String ahead = there.with(there.withDb(), List.of("[{:item/name 'new'}]"));

            Anomaly late = hasty.refusal(PULL, ahead).anomaly();
            assertThat(late.category()).isEqualTo(Category.UNAVAILABLE);
            assertThat(late.message()).contains("has not seen t", "newest it has seen");
            for (int i = 0; i < 20; i++) {
                here.transact("[{:item/name 'more " + i + "'}]");
            }
            assertThat(refusal(handle).category()).isEqualTo(Category.INCORRECT);
            assertThat(refusal(handle).message()).contains("no longer holds the db value at t", "with-db");
        }
    }

    @Test
    void itIsMadeAgainWithinTheDeadlineOfTheRequest() {
        List<String> chain = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chain.add("[{:item/name 'new' :item/count " + i + "}]");
        }
        String deep = there.with(there.withDb(), chain);
        here.session.kept.putAll(there.session.kept);

        assertThat(here.refusal("{:op :pull :timeout 1 :selector [*] :eid [:item/name 'new']}", deep)
                        .anomaly()
                        .category())
                .isEqualTo(Category.INTERRUPTED);
        assertThat(pulled(here, deep)).isEqualTo(edn("{:item/name 'new' :item/count 39}"));
    }

    @Test
    void formsThatTheCallerMayNotUseAreForbiddenInAForgedHandle() {
        String forged = forger.altered(
                handle, "steps", edn("[[[[:db/add 'x' :db/fn 5] [clojure.core/eval 5]] #inst '2026-02-02' 5]]"));

        assertThat(refusal(forged).category()).isEqualTo(Category.FORBIDDEN);
    }

    @Test
    void aDatabaseThatTheCallerMayNotSeeIsNotThere() {
        Caller blind = House.caller("speculator", Set.of(Right.READ), "others");
        try {
            here.answer(blind, PULL, handle);
            throw new AssertionError("not refused");
        } catch (CompletionException e) {
            assertThat(((AnomalyException) Objects.requireNonNull(e.getCause()))
                            .anomaly()
                            .category())
                    .isEqualTo(Category.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps nil",
                "steps 5",
                "steps [5]",
                "steps [nil]",
                "steps [[]]",
                "steps [[[] #inst '2026-02-02']]",
                "steps [[5 #inst '2026-02-02' 5]]",
                "steps [[[] 'then' 5]]",
                "steps [[[] #inst '2026-02-02' 'x']]",
                "steps [[[] #inst '2026-02-02' 5]]",
                "steps [[[{:item/name 'new'}] #inst '2999-02-02' 5]]",
                "steps [[[nil] #inst '2026-02-02' 5]]",
                "basis -1",
                "basis 'x'",
                "basis 1",
                "id 5"
            })
    void aForgedRecipeIsIncorrect(String entry) {
        String[] parts = entry.split(" ", 2);
        @Nullable Object value = parts[1].equals("nil") ? null : edn(parts[1]);

        assertThat(refusal(forger.altered(handle, parts[0], value)).category()).isEqualTo(Category.INCORRECT);
    }

    @Test
    void aForgedRecipeIsWorthWhatAFreshRequestIs() {
        Map<Object, @Nullable Object> content = forger.content(handle);

        assertThat(content).containsKey(STEPS);
        assertThat(pulled(here, forger.deflated(content))).isEqualTo(edn("{:item/name 'new' :item/count 3}"));
    }
}
