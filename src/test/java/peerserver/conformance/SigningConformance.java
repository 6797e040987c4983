package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import peerserver.conformance.SignedRequests.Answer;
import peerserver.conformance.SignedRequests.Signed;

/** Who may ask. */
abstract class SigningConformance extends Conformance {

    private static final Object LIST = Clj.edn("{:op :datomic.catalog/list-dbs}");

    private AccessKey good;

    SigningConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        good = target.keys().get(0);
    }

    @Test
    void everyKeyOfTheServerIsServed() {
        for (AccessKey key : target.keys()) {
            RealClient own = target.client(key);
            assertThat(own.listDatabases()).contains(Target.HELLO);
            assertThat(own.connect(Target.HELLO).db().q("[:find ?i :where [0 :db/ident ?i]]"))
                    .hasSize(1);
        }
    }

    @Test
    void theClientIsForbiddenWithAnUnknownKey() {
        Failure.of(() -> target.client(new AccessKey("nobody", good.secret())).listDatabases())
                .hasCategory("forbidden");
    }

    @Test
    void theClientIsForbiddenWithAWrongSecret() {
        Failure failure = Failure.of(
                () -> target.client(new AccessKey(good.key(), "wrong")).connect(Target.HELLO));

        failure.hasCategory("forbidden");
        assertThat(Clj.number(Clj.get(failure.anomaly(), "http-result"), "status"))
                .isEqualTo(403);
        target.client(new AccessKey(good.key(), "wrong"))
                .listDatabasesAsync()
                .takeFailure()
                .hasCategory("forbidden");
    }

    @Test
    void theSecretOfOneKeyIsNotTheSecretOfAnother() {
        AccessKey second = target.keys().get(1);

        forbidden(sent(new AccessKey(good.key(), second.secret())));
        forbidden(sent(new AccessKey(second.key(), good.secret())));
    }

    @Test
    void whatIsWrongWithTheCredentialsCannotBeTold() {
        SignedRequests requests = target.requests();
        Signed signed = signed(requests);
        byte[] otherBody = Format.MSGPACK.encode(Clj.edn("{:op :status :database-id \"x\"}"));

        List<Answer> answers = List.of(
                sent(new AccessKey("nobody", good.secret())),
                sent(new AccessKey(good.key(), "wrong")),
                sent(new AccessKey(good.key(), good.secret() + " ")),
                requests.post(signed.withBody(otherBody)),
                requests.post(signed.withHeader("x-amz-content-sha256", "0".repeat(64))),
                requests.post(signed.withHeader("content-type", "application/transit+json")),
                requests.post(signed.withHeader("x-amz-date", "20200101T000000Z")),
                requests.post(signed.withHeader("x-amz-date", "yesterday")),
                requests.post(signed.withHeader("authorization", "Basic bXlhY2Nlc3NrZXk6bXlzZWNyZXQ=")),
                requests.post(signed.withHeader("authorization", "AWS4-HMAC-SHA256 ")),
                requests.post(signed.without("x-amz-date")),
                requests.post(signed.without("authorization").without("x-cognitect-auth")));

        assertThat(answers).allSatisfy(SigningConformance::forbidden);
        Map<String, List<Answer>> byType =
                answers.stream().collect(java.util.stream.Collectors.groupingBy(Answer::contentType));
        assertThat(byType).hasSize(1);
    }

    @Test
    void anotherServiceOrRegionIsForbidden() {
        SignedRequests requests = target.requests();
        Signed signed = signed(requests);
        String authorization = signed.headers().get("authorization");

        for (String changed : List.of(
                authorization.replace("/peer-server/", "/s3/"), authorization.replace("/none/", "/us-east-1/"))) {
            forbidden(
                    requests.post(signed.withHeader("authorization", changed).withHeader("x-cognitect-auth", changed)));
        }
    }

    @Test
    void theCopyOfTheSignatureCountsWhenAProxyTookTheOriginal() {
        SignedRequests requests = target.requests();
        Signed signed = signed(requests);

        assertThat(requests.post(signed.without("authorization")).status()).isEqualTo(200);
        assertThat(requests.post(signed.without("x-cognitect-auth").without("x-cognitect-host"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theCopyOfTheHostCountsWhenAProxyRewroteTheOriginal() {
        SignedRequests requests = target.requests();
        byte[] body = Format.MSGPACK.encode(LIST);
        Signed signed = requests.signFor("peer.example.org", Format.MSGPACK.mediaType(), body);

        assertThat(requests.post(signed).status()).isEqualTo(200);
        forbidden(requests.post(signed.without("x-cognitect-host")));
    }

    @Test
    void theSameRequestMayComeAgainWithinItsSecond() {
        SignedRequests requests = target.requests();
        Signed signed = signed(requests);

        for (int i = 0; i < 3; i++) {
            assertThat(requests.post(signed).status()).isEqualTo(200);
        }
    }

    @Test
    void theServerGoesOnForOthersWhileOneIsForbidden() {
        for (int i = 0; i < 5; i++) {
            forbidden(sent(new AccessKey("nobody", "guess " + i)));
        }

        assertThat(client.listDatabases()).contains(Target.HELLO);
    }

    private static Signed signed(SignedRequests requests) {
        return requests.sign(Format.MSGPACK.mediaType(), Format.MSGPACK.encode(LIST));
    }

    private Answer sent(AccessKey key) {
        return new SignedRequests(target, key).send(LIST);
    }

    private static void forbidden(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
    }
}
