package peerserver.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentList;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import peerserver.security.Caller;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Keys;
import peerserver.wire.TransitCodec;

/** The requests that damaged ones come from, and those that were once answered wrongly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FoundBeforeTest {

    private final ServedInMemory served = new ServedInMemory();

    @AfterAll
    void close() {
        served.close();
    }

    private Anomaly refusal(String request) {
        return refusal(ServedInMemory.CALLER, request);
    }

    private Anomaly refusal(Caller caller, String request) {
        Anomaly[] told = new Anomaly[1];
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> served.answer(caller, Corpus.request(request)))
                .satisfies(e -> told[0] = e.anomaly());
        return told[0];
    }

    @Test
    void undamagedRequestsAreAnswered() {
        for (Map<Keyword, Object> request : served.corpus().requests()) {
            try {
                assertThat(served.answer(request)).isNotEmpty();
            } catch (AnomalyException e) {
                assertThat(e.anomaly().category())
                        .as("%s: %s", request, e.getMessage())
                        .isEqualTo(Category.UNSUPPORTED);
                assertThat(String.valueOf(request.get(Keys.OP))).endsWith("e-db");
            }
        }
    }

    @Test
    void aQueryOfConfinedCodeWithASectionWithoutANameIsIncorrectAndATimeoutWithoutAValueIsNone() {
        assertThat(refusal(
                                ServedInMemory.CONFINED,
                                "{:op :q :args [{:database-id 'hello-id'}]"
                                        + " :query {:find [?e] :where [[?e :item/name]] nil [?e]}}")
                        .category())
                .isEqualTo(Category.INCORRECT);
        assertThat(served.answer(
                        ServedInMemory.CONFINED,
                        Corpus.request("{:op :q :args [{:database-id 'hello-id'}]"
                                + " :query {:find [?e] :where [[?e :item/name]] :timeout nil}}")))
                .isNotEmpty();
    }

    @Test
    void whatThePeerLibraryAssertsOfAQueryIsIncorrect() {
        assertThat(refusal("{:op :q :args [{:database-id 'hello-id'}]"
                                + " :query [:find ?e :where (or [?e :item/name] [?e :item/count ?c])]}")
                        .category())
                .isEqualTo(Category.INCORRECT);
        assertThat(refusal("{:op :q :args [{:database-id 'hello-id'} [[(tagged ?e 'x') [?e :item/tags ?t]]]]"
                                + " :query [:find ?e :in $ % :where (tagged ?e ?t)]}")
                        .category())
                .isEqualTo(Category.INCORRECT);
    }

    @Test
    void whatIsNoRelationAndWhatCannotBeCompiledIsIncorrect() {
        assertThat(refusal("{:op :q :args [{:database-id 'hello-id'}] :query [:find (?n) :where [_ :item/name ?n]]}")
                        .category())
                .isEqualTo(Category.INCORRECT);
        Object instant = TransitCodec.json().decode("[\"~m9223372036854775807\"]".getBytes(UTF_8));
        Object call = PersistentList.create(List.of(((List<?>) instant).get(0), "x"));
        Map<Keyword, Object> request = Corpus.request("{:op :q :args [{:database-id 'hello-id'}]}");
        Map<Keyword, Object> query = Corpus.request("{:find [?n]}");
        query.put(Keyword.intern("where"), RT.vector(RT.vector(call, Symbol.intern("?n"))));
        request.put(Keys.QUERY, PersistentArrayMap.create(query));
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> served.answer(request))
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }

    @Test
    void aQueryWhoseRowsLackAnElementOfItsFindIsIncorrect() {
        assertThat(refusal(
                                "{:op :q :args [{:database-id 'hello-id'} ['a' 'b']]"
                                        + " :query {:find [?e (pull ?e [*])] :in [$ [?n ...]] :where [[114 101 [[?e :item/name ?n]]]]}}")
                        .category())
                .isEqualTo(Category.INCORRECT);
    }

    @Test
    void theGreatestTIsWaitedForAsAnyOther() {
        for (String op : new String[] {":tx-range", ":db-stats", ":with-db"}) {
            assertThat(refusal("{:op " + op + " :database-id 'hello-id' :t 9223372036854775807}")
                            .category())
                    .as(op)
                    .isEqualTo(Category.UNAVAILABLE);
        }
    }

    @Test
    void aUuidHasTwoLevelsInAnAnswerInMsgpackAndNoneInJson() {
        String uuid = "\"~u00000000-0000-0000-0000-000000000000\"";
        Object inside = TransitCodec.json().decode(("[".repeat(126) + uuid + "]".repeat(126)).getBytes(UTF_8));
        Object beyond = List.of(inside);

        assertThat(TransitCodec.msgpack().decode(TransitCodec.msgpack().encode(inside)))
                .isEqualTo(inside);
        assertThat(TransitCodec.json().decode(TransitCodec.json().encode(beyond)))
                .isEqualTo(beyond);
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> TransitCodec.msgpack().encode(beyond))
                .withMessageStartingWith("The answer is nested deeper than 128 levels")
                .satisfies(e -> assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }
}
