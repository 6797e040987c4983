package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the real client would not make. */
abstract class RequestErrorsConformance extends Conformance {

    private SignedRequests requests;
    private Object context;

    RequestErrorsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        requests = target.requests();
        context = RawContext.of(hello.db());
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-db", "delete-db"})
    void databasesAreNotMadeOrUnmadeHere(String operation) {
        Failure failure = requests.send(Clj.edn("{:op :datomic.catalog/" + operation + " :db-name \"brand-new\"}"))
                .failure();

        failure.hasCategory("unsupported");
        assertThat(failure.message()).as("a sentence").hasSizeGreaterThan(20).contains(" ");
        assertThat(client.listDatabases()).doesNotContain("brand-new").contains(Target.HELLO);
    }

    @Test
    void aPathThatIsNotServed() {
        assertThat(requests.get("/nothing/here").status()).isEqualTo(404);
        assertThat(requests.get("/index.html").status()).isEqualTo(404);
    }

    @Test
    void whoDoesNotSignIsNotToldWhatThereIs() {
        assertThat(SignedRequests.get(target, "/nothing/here").status()).isEqualTo(403);
        assertThat(SignedRequests.get(target, "/").status()).isEqualTo(403);
    }

    @Test
    void theBaseSchemaCanBeUpgraded() {
        requests.send(Clj.edn("{:op :datomic.catalog/administer-system :action :upgrade-schema :db-name \"hello\"}"))
                .success();
    }

    @Test
    void noOtherActionIsAdministered() {
        for (String action : List.of(":format-disk", "nil", "5")) {
            Failure failure = requests.send(Clj.edn(
                            "{:op :datomic.catalog/administer-system :db-name \"hello\" :action " + action + "}"))
                    .failure();
            assertThat(failure.category()).isIn("incorrect", "unsupported");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":dance", ":datomic.catalog/dance", ":datomic.client.protocol/dance"})
    void anUnknownOperationIsUnsupported(String operation) {
        requests.send(Clj.merge(context, Clj.edn("{:op " + operation + "}")))
                .failure()
                .hasCategory("unsupported")
                .says("dance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{:op nil}",
                "{:op :datomic.catalog/resolve-db :db-name 5}",
                "{:op :q :query [:find ?e :where [?e :db/doc]] :args 5}",
                "{:op :q :args []}",
                "{:op :q :query 5 :args []}",
                "{:op :transact}",
                "{:op :transact :tx-data 5}",
                "{:op :pull :eid 0}",
                "{:op :pull :selector [*]}",
                "{:op :datoms}",
                "{:op :datoms :index :eatv}",
                "{:op :datoms :index \"eavt\"}",
                "{:op :index-range}",
                "{:op :index-pull :index :avet :selector [*]}",
                "{:op :index-pull :index :avet :start [:db/ident]}",
                "{:op :with :tx-data []}",
                "{:op :next}",
                "{:op :next :next-token 5 :offset 0 :chunk 1}",
                "{:op :pull :selector [*] :eid 0 :timeout -1}",
                "{:op :pull :selector [*] :eid 0 :timeout \"soon\"}",
                "{:op :pull :selector [*] :eid 0 :t \"now\"}",
                "{:op :pull :selector [*] :eid 0 :as-of \"yesterday\"}"
            })
    void fieldsThatAreMissingOrOfTheWrongKindAreIncorrect(String request) {
        Failure failure = requests.send(Clj.merge(context, Clj.edn(request))).failure();

        failure.hasCategory("incorrect");
        assertThat(failure.message()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{:op \"q\"}", "{:op 5}", "{:op [:q]}"})
    void anOperationThatIsNoKeywordIsRefused(String request) {
        Failure failure = requests.send(Clj.merge(context, Clj.edn(request))).failure();

        assertThat(failure.category()).isIn("incorrect", "unsupported");
    }

    @Test
    void aNameIsNeededToFindADatabase() {
        requests.send(Clj.edn("{:op :datomic.catalog/resolve-db}")).failure().hasCategory("incorrect");
    }

    @Test
    void aDatabaseThatIsNotNamedIsIncorrectAndOneThatIsNotThereIsNotFound() {
        requests.send(Clj.edn("{:op :pull :selector [*] :eid 0}")).failure().hasCategory("incorrect");
        requests.send(Clj.merge(
                        context, Clj.edn("{:op :pull :selector [*] :eid 0 :database-id \"none\" :db-name \"none\"}")))
                .failure()
                .hasCategory("not-found");
        requests.send(Clj.edn("{:op :status :database-id \"none\"}")).failure().hasCategory("not-found");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aBodyThatCannotBeReadIsIncorrect(Format format) {
        byte[] whole = format.encode(Clj.merge(context, Clj.edn("{:op :pull :selector [*] :eid 0}")));
        byte[] cut = Arrays.copyOf(whole, whole.length - 5);
        byte[] noise = {(byte) 0xc1, (byte) 0xff, '{', '[', (byte) 0xc1};

        for (byte[] body : List.of(cut, noise, new byte[0])) {
            requests.post(requests.sign(format.mediaType(), body)).failure().hasCategory("incorrect");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "nil", "5", "\"text\"", "[{:op :status}]"})
    void aBodyThatIsNoMapIsIncorrect(String body) {
        requests.send(Clj.edn(body)).failure().hasCategory("incorrect");
    }

    @Test
    void aFormatThatNobodySpeaksIsRefused() {
        byte[] body = "<op>status</op>".getBytes(StandardCharsets.UTF_8);

        assertThat(requests.post(requests.sign("application/xml", body)).status())
                .isBetween(400, 499);
    }

    @Test
    void theServerGoesOnAfterAllOfThis() {
        requests.post(requests.sign(Format.MSGPACK.mediaType(), new byte[] {1, 2, 3}));

        assertThat(hello.db().q("[:find ?i :where [0 :db/ident ?i]]")).hasSize(1);
    }
}
