package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peerserver.conformance.SignedRequests.Answer;

/** The shapes of answers, in every format that a client may speak. */
abstract class WireFormatConformance extends Conformance {

    private SignedRequests requests;
    private Object context;
    private DbValue db;

    WireFormatConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        requests = target.requests();
        schema("[{:db/ident :wire/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/index true}]");
        db = hello.transact("[{:wire/n 1} {:wire/n 2} {:wire/n 3}]").dbAfter();
        context = RawContext.of(db);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void answersComeInTheFormatOfTheRequest(Format format) {
        Answer answer = requests.send(format, Clj.merge(context, Clj.edn("{:op :status}")));

        assertThat(answer.contentType()).isEqualTo(format.mediaType());
        assertThat(Clj.number(answer.success(), "t")).isGreaterThanOrEqualTo(db.t());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void failuresComeInTheFormatOfTheRequest(Format format) {
        Answer answer = requests.send(format, Clj.edn("{:op :datomic.catalog/resolve-db :db-name \"none\"}"));

        assertThat(answer.contentType()).isEqualTo(format.mediaType());
        answer.failure().hasCategory("not-found");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void queriesWorkInEveryFormat(Format format) {
        Object answer = requests.send(format, query("[:find (count ?e) (max ?n) :where [?e :wire/n ?n]]"))
                .success();

        assertThat(Clj.get(answer, "data")).isEqualTo(Clj.edn("[[3 3]]"));
        assertThat(Clj.number(answer, "count")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"MSGPACK", "JSON"})
    void datomsAreTagged(Format format) {
        Object answer = requests.send(format, Clj.merge(context, Clj.edn("{:op :datoms :index :aevt :a :wire/n}")))
                .success();

        assertThat(Datom.all(Clj.get(answer, "data"))).extracting(Datom::v).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theQueryMayBeTextInTheRequestToo() {
        Object answer = requests.send(Clj.merge(
                        context,
                        Clj.mapOf(
                                "op", Clj.keyword("q"),
                                "query", "[:find ?n :where [_ :wire/n ?n] [(< ?n 2)]]",
                                "args", Clj.vector(context))))
                .success();

        assertThat(Clj.get(answer, "data")).isEqualTo(Clj.edn("[[1]]"));
    }

    @Test
    void theCountOfAQueryIsThatOfAllItsRows() {
        Object answer = requests.send(
                        Clj.merge(query("[:find ?n :where [_ :wire/n ?n]]"), Clj.edn("{:chunk 2 :limit -1}")))
                .success();

        assertThat(Clj.list(Clj.get(answer, "data"))).hasSize(2);
        assertThat(Clj.number(answer, "count")).isEqualTo(3);
    }

    @Test
    void resultsAreThereEvenWhenEmpty() {
        for (Object request : List.of(
                query("[:find ?e :where [?e :wire/n -1]]"),
                Clj.merge(context, Clj.edn("{:op :datoms :index :avet :a :wire/n :v -1}")),
                Clj.merge(context, Clj.edn("{:op :index-range :attrid :wire/n :start 99}")),
                Clj.merge(context, Clj.edn("{:op :index-pull :index :avet :selector [:wire/n] :start [:wire/n 99]}")),
                Clj.merge(context, Clj.edn("{:op :tx-range :start 5 :end 5}")))) {
            Object data = Clj.get(requests.send(request).success(), "data");
            assertThat(data).as("%s", request).isNotNull().isEqualTo(Clj.edn("[]"));
        }
    }

    @Test
    void everyDescriptorInDbsIsWhole() {
        for (Object request : List.of(
                Clj.merge(context, Clj.edn("{:op :status}")),
                Clj.merge(context, Clj.edn("{:op :transact :tx-data []}")),
                query("[:find ?n :where [_ :wire/n ?n]]"),
                Clj.merge(context, Clj.edn("{:op :pull :selector [*] :eid 0}")),
                Clj.merge(context, Clj.edn("{:op :db-stats}")))) {
            Object dbs = Clj.get(requests.send(request).success(), "dbs");
            assertThat(Clj.list(dbs)).allSatisfy(descriptor -> {
                assertThat(Clj.get(descriptor, "database-id")).isInstanceOf(String.class);
                assertThat(Clj.get(descriptor, "t")).isInstanceOf(Long.class);
                assertThat(Clj.get(descriptor, "next-t")).isInstanceOf(Long.class);
            });
        }
    }

    @Test
    void aTransactionAdvancesTheConnection() {
        Object answer = requests.send(Clj.merge(context, Clj.edn("{:op :transact :tx-data []}")))
                .success();

        long t = Clj.number(Clj.get(answer, "db-after"), "t");
        assertThat(Clj.list(Clj.get(answer, "dbs")))
                .extracting(descriptor -> Clj.number(descriptor, "t"))
                .contains(t);
    }

    @Test
    void aSpeculativeTIsNeverAmongDbs() {
        Object handle =
                requests.send(Clj.merge(context, Clj.edn("{:op :with-db}"))).success();
        Object with = requests.send(Clj.merge(
                        context,
                        Clj.mapOf(
                                "op", Clj.keyword("with"),
                                "next-token", Clj.get(handle, "next-token"),
                                "tx-data", Clj.edn("[{:wire/n 9}]"))))
                .success();
        Object after = Clj.get(with, "db-after");
        Object speculative = Clj.merge(context, after);

        assertThat(Clj.get(after, "next-token")).isInstanceOf(String.class);
        long t = Clj.number(after, "t");
        List<Object> answers = List.of(
                with,
                requests.send(Clj.merge(speculative, Clj.edn("{:op :pull :selector [*] :eid 0}")))
                        .success(),
                requests.send(Clj.merge(
                                speculative,
                                Clj.mapOf("op", Clj.keyword("q"), "args", Clj.vector(speculative)),
                                Clj.edn("{:query [:find ?n :where [_ :wire/n ?n]]}")))
                        .success());
        assertThat(answers).allSatisfy(answer -> assertThat(Clj.list(Clj.get(answer, "dbs")))
                .allSatisfy(
                        descriptor -> assertThat(Clj.number(descriptor, "t")).isNotEqualTo(t)));
        assertThat(Clj.list(Clj.get(answers.get(2), "data"))).contains(Clj.edn("[9]"));
    }

    @Test
    void theBodyCountsAndNotTheHeadersForProxies() {
        SignedRequests.Signed signed = requests.sign(
                        Format.MSGPACK.mediaType(), Format.MSGPACK.encode(Clj.merge(context, Clj.edn("{:op :status}"))))
                .withHeader("x-nano-op", "datomic.client.protocol/q")
                .withHeader("x-nano-target", "elsewhere");

        assertThat(Clj.get(requests.post(signed).success(), "t")).isNotNull();
    }

    private Object query(String query) {
        return Clj.merge(
                context, Clj.mapOf("op", Clj.keyword("q"), "query", Clj.edn(query), "args", Clj.vector(context)));
    }
}
