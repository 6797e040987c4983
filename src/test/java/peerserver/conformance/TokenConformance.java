package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tokens between the chunks, seen from below the client. */
abstract class TokenConformance extends Conformance {

    private SignedRequests requests;
    private Object context;

    TokenConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        requests = target.requests();
        schema("[{:db/ident :token/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/index true}]");
        context = RawContext.of(
                hello.transactData(Bulk.numbers("token/n", 0, 100)).dbAfter());
    }

    @Test
    void everyChunkButTheLastCarriesWhatTheNextOneNeeds() {
        Object first = firstDatoms(40);
        Object second = next(first);
        Object last = next(second);

        assertThat(List.of(first, second)).allSatisfy(chunk -> {
            assertThat(Clj.list(Clj.get(chunk, "data"))).hasSize(40);
            assertThat(Clj.get(chunk, "chunk")).isEqualTo(40L);
            assertThat(Clj.get(chunk, "next-token")).isInstanceOf(String.class);
            assertThat(Clj.get(chunk, "next-offset")).isInstanceOf(Long.class);
        });
        assertThat(Clj.list(Clj.get(last, "data"))).hasSize(20);
        assertThat(Clj.get(last, "next-token")).isNull();
        assertThat(Clj.get(last, "next-offset")).isNull();
        assertThat(Clj.get(last, "chunk")).isNull();
    }

    @Test
    void theSameTokenAskedTwiceGivesTheSameChunk() {
        Object first = firstDatoms(30);

        assertThat(values(next(first))).isEqualTo(values(next(first)));

        Object rows = firstRows(30);
        assertThat(Clj.get(next(rows), "data")).isEqualTo(Clj.get(next(rows), "data"));
    }

    @Test
    void aTokenStillAnswersWhenItsIterationHasEnded() {
        Object first = firstDatoms(50);
        Object second = next(first);

        assertThat(Clj.get(second, "next-token")).isNull();
        assertThat(values(next(first))).isEqualTo(values(second));
    }

    @Test
    void tokensFitIntoAHeader() {
        for (Object answer : List.of(firstDatoms(30), firstRows(30), withDb())) {
            String token = (String) Clj.get(answer, "next-token");
            assertThat(token).isNotEmpty().hasSizeLessThanOrEqualTo(2048);
            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(token)).isTrue();
            assertThat(token).doesNotContainAnyWhitespaces();
        }
    }

    @Test
    void tokensOfLargeRequestsFitToo() {
        List<Object> names = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            names.add("a rather long input number " + i);
        }
        Object answer = requests.send(Clj.merge(
                        context,
                        Clj.mapOf(
                                "op", Clj.keyword("q"),
                                "query", Clj.edn("[:find ?n ?x :in $ [?x ...] :where [_ :token/n ?n] [(< ?n 2)]]"),
                                "args", Clj.vector(context, Clj.vector(names.toArray())),
                                "chunk", 10L,
                                "limit", -1L)))
                .success();

        assertThat((String) Clj.get(answer, "next-token")).hasSizeLessThanOrEqualTo(2048);
        assertThat(Clj.number(answer, "count")).isEqualTo(10_000);
        assertThat(Clj.list(Clj.get(next(answer), "data"))).hasSize(10);
    }

    @Test
    void theChunkOfAContinuationMayDiffer() {
        Object first = firstDatoms(30);

        Object second = requests.send(Clj.merge(nextRequest(first), Clj.mapOf("chunk", 5L)))
                .success();

        assertThat(values(second)).containsExactly(30L, 31L, 32L, 33L, 34L);
    }

    @Test
    void inventedTokensAreIncorrect() {
        for (String token : List.of("invented", "", "v1.AAAA", "x".repeat(2000))) {
            Object request = Clj.merge(
                    context, Clj.mapOf("op", Clj.keyword("next"), "next-token", token, "offset", 10L, "chunk", 10L));

            requests.send(request).failure().hasCategory("incorrect");
        }
    }

    @Test
    void truncatedAndAlteredTokensAreIncorrect() {
        Object first = firstDatoms(30);
        String token = (String) Clj.get(first, "next-token");
        char other = token.charAt(token.length() / 2) == 'A' ? 'B' : 'A';
        StringBuilder altered = new StringBuilder(token);
        altered.setCharAt(token.length() / 2, other);

        for (String bad : List.of(token.substring(0, token.length() - 4), token + "A", altered.toString())) {
            requests.send(Clj.merge(nextRequest(first), Clj.mapOf("next-token", bad)))
                    .failure()
                    .hasCategory("incorrect");
        }
    }

    @Test
    void aTokenIsItsOwnersOnly() {
        Object first = firstDatoms(30);

        new SignedRequests(target, target.keys().get(1))
                .send(nextRequest(first))
                .failure()
                .hasCategory("incorrect");
    }

    @Test
    void aHandleOfWithIsNoTokenOfAnIterationAndTheOtherWayRound() {
        Object handle = Clj.get(withDb(), "next-token");
        Object token = Clj.get(firstDatoms(30), "next-token");

        requests.send(Clj.merge(
                        context, Clj.mapOf("op", Clj.keyword("next"), "next-token", handle, "offset", 1L, "chunk", 1L)))
                .failure()
                .hasCategory("incorrect");
        requests.send(Clj.merge(
                        context, Clj.mapOf("op", Clj.keyword("with"), "next-token", token, "tx-data", Clj.vector())))
                .failure()
                .hasCategory("incorrect");
    }

    private Object firstDatoms(long chunk) {
        Map<Object, Object> request = Clj.map("{:op :index-range :attrid :token/n :offset 0 :end 100}");
        return requests.send(Clj.merge(context, request, Clj.mapOf("chunk", chunk)))
                .success();
    }

    private Object firstRows(long chunk) {
        Object query = Clj.edn("[:find ?n :where [_ :token/n ?n]]");
        return requests.send(Clj.merge(
                        context,
                        Clj.mapOf("op", Clj.keyword("q"), "query", query, "args", Clj.vector(context), "chunk", chunk)))
                .success();
    }

    private Object withDb() {
        return requests.send(Clj.merge(context, Clj.map("{:op :with-db}"))).success();
    }

    private Object next(Object answer) {
        return requests.send(nextRequest(answer)).success();
    }

    /** The request that the client makes of an answer that is not the last. */
    private Object nextRequest(Object answer) {
        return Clj.merge(
                context,
                Clj.mapOf(
                        "op", Clj.keyword("next"),
                        "next-token", Clj.get(answer, "next-token"),
                        "offset", Clj.get(answer, "next-offset"),
                        "chunk", Clj.get(answer, "chunk")));
    }

    private static List<Object> values(Object answer) {
        return Datom.all(Clj.get(answer, "data")).stream().map(Datom::v).toList();
    }
}
