package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import peerserver.launch.ServerLogs;

/** The audit's lines in the log of a server. */
@ExtendWith(SharedPeerServer.class)
class AuditIT {

    private final Target target;

    AuditIT(Target target) {
        this.target = target;
    }

    private static String newId() {
        return "id-" + UUID.randomUUID();
    }

    private SignedRequests.Answer send(SignedRequests requests, String edn, String id) {
        byte[] body = Format.MSGPACK.encode(Clj.edn(edn));
        return requests.post(requests.sign(Format.MSGPACK.mediaType(), body).withHeader("x-request-id", id));
    }

    /** Every line with that id, from its key on; what is logged is there before the answer is. */
    private static List<String> lines(String id) {
        return ServerLogs.all().stream()
                .flatMap(String::lines)
                .filter(line -> line.contains(" peerserver.audit: ") && line.contains("request-id=" + id))
                .map(line -> line.replaceFirst(".* peerserver.audit: time=\\S+ ", "")
                        .replaceFirst("duration-ms=\\d+", "duration-ms=N"))
                .toList();
    }

    private void await(String id, String line) throws InterruptedException {
        for (int i = 0; lines(id).isEmpty() && i < 100; i++) {
            // The line is written to another process's standard error, from where it takes its time to come.
            Thread.sleep(50);
        }
        assertThat(lines(id)).containsExactly(line + " duration-ms=N request-id=" + id);
    }

    @Test
    void aTransactionHasALineAndItsAnswerTheId() throws InterruptedException {
        String id = newId();
        SignedRequests.Answer answer = send(target.requests(), "{:op :transact :db-name \"hello\" :tx-data []}", id);

        assertThat(answer.header("x-request-id")).isEqualTo(id);
        Object t = Clj.get(Clj.get(answer.success(), "db-after"), "t");
        await(id, "key=myaccesskey address=127.0.0.1 operation=transact database=hello t=" + t + " outcome=ok");
    }

    @Test
    void aTransactionThatFailsHasALineToo() throws InterruptedException {
        String id = newId();
        send(target.requests(), "{:op :transact :db-name \"hello\" :tx-data [[:db/add 1]]}", id);

        await(id, "key=myaccesskey address=127.0.0.1 operation=transact database=hello outcome=incorrect");
    }

    @Test
    void aDatabaseThatIsNotThereIsARefusal() throws InterruptedException {
        String id = newId();
        send(target.requests(), "{:op :status :db-name \"missing\"}", id);

        await(id, "key=myaccesskey address=127.0.0.1 operation=status database=missing outcome=not-found");
    }

    @Test
    void whatReadsHasNone() {
        String id = newId();
        SignedRequests.Answer answer = send(target.requests(), "{:op :status :db-name \"hello\"}", id);
        answer.success();

        assertThat(answer.header("x-request-id")).isEmpty();
        assertThat(lines(id)).isEmpty();
    }

    @Test
    void anIdThatIsNotSafeIsReplaced() {
        SignedRequests.Answer answer =
                send(target.requests(), "{:op :transact :db-name \"hello\" :tx-data []}", "key=other \"x\"");

        assertThat(answer.header("x-request-id")).matches("[0-9a-f]{16}");
    }

    @Test
    void aRequestThatIsNotSignedRightlyIsTold() throws InterruptedException {
        String id = newId();
        AccessKey guess = new AccessKey("myaccesskey", "guessed-secret");
        SignedRequests.Answer answer =
                send(new SignedRequests(target, guess), "{:op :transact :db-name \"hello\" :tx-data []}", id);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
        await(
                id,
                "key=myaccesskey address=127.0.0.1 outcome=403"
                        + " reason=\"no such access key, or not signed with a valid secret of it\"");
    }
}
