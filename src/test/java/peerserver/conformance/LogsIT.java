package peerserver.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import peerserver.launch.PeerServerProcess;
import peerserver.launch.ServerLogs;

/**
 * Looks for what must not be in a log, in those of all servers that the suites before have started, and of one that has
 * just been told what it should keep to itself in every way in which a request can fail.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(SharedPeerServer.class)
class LogsIT {

    private static final String CANARY = "canary-" + UUID.randomUUID();
    private static final Pattern TOKEN = Pattern.compile("v1\\.[A-Za-z0-9_-]{40,}");
    private static final Pattern SIGNATURE = Pattern.compile("\\b[0-9a-f]{64}\\b");

    /** Of the server that Arquillian starts. */
    private static final Path DEPLOYED = Path.of("target", "payara-micro", "server.log.0");

    @BeforeAll
    static void provoke(Target target) {
        Connection hello = target.client().connect(Target.HELLO);
        hello.transact("""
                [{:db/ident :logs/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/value}
                 {:db/ident :logs/note :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]""");
        hello.transact("[{:logs/key \"%s\" :logs/note \"%s\"}]", CANARY, CANARY);
        for (String data : List.of(
                "[{:logs/key \"%s\"}]",
                "[{:logs/missing \"%s\"}]",
                "[[:db/add \"x\" :logs/note [\"%s\"]]]",
                "[[:db/cas [:logs/key \"%1$s\"] :logs/note \"other\" \"%1$s\"]]",
                "[[:db/add [:logs/key \"%s missing\"] :logs/note 5]]")) {
            Failure.of(() -> hello.transactData(Clj.edn(data.replaceAll("%(1\\$)?s", CANARY))));
        }
        DbValue db = hello.db();
        Failure.of(() -> db.q("[:find ?e :in $ ?n :where [?e :logs/note ?n] [(inc ?n) ?m]]", CANARY));
        Failure.of(() -> db.q("[:find ?e :where [?e :logs/note \"" + CANARY + "\"] [(missing-function ?e)]]"));
        refuse(target);
    }

    private static void refuse(Target target) {
        String token = "v1." + "A".repeat(200);
        target.requests().send(Clj.mapOf("op", Clj.keyword("next"), "next-token", token));
        target.requests().send(Clj.mapOf("op", Clj.keyword("next"), "next-token", CANARY));
        target.requests().send(Clj.mapOf("op", Clj.keyword("transact"), "db-name", "missing", "tx-data", CANARY));
        AccessKey guess = new AccessKey(target.keys().get(0).key(), CANARY);
        assertThat(new SignedRequests(target, guess)
                        .send(Clj.mapOf("op", Clj.keyword("status")))
                        .status())
                .isEqualTo(403);
        SignedRequests requests = target.requests();
        requests.post(requests.sign("application/edn", ("{:op :transact \"" + CANARY).getBytes(UTF_8)));
        requests.post(requests.sign("application/" + CANARY, "{}".getBytes(UTF_8)));
    }

    private static List<String> logs() throws IOException {
        List<String> logs = new ArrayList<>(ServerLogs.all());
        Path deployed = PeerServerProcess.checkout().resolve(DEPLOYED);
        if (Files.exists(deployed)) {
            logs.add(Files.readString(deployed));
        }
        assertThat(logs).isNotEmpty();
        return logs;
    }

    /** Lines of the logs, each once: many say the same but for their time. */
    private static Stream<String> lines() throws IOException {
        return logs().stream().flatMap(String::lines).distinct();
    }

    @Test
    void noLogHoldsASecret() throws IOException {
        Set<String> secrets = ServerLogs.secrets();

        assertThat(secrets).contains("mysecret", CANARY);
        assertThat(lines()).allSatisfy(line -> assertThat(secrets).noneMatch(line::contains));
    }

    @Test
    void noLogHoldsATokenOrASignature() throws IOException {
        assertThat(lines())
                .noneMatch(line -> TOKEN.matcher(line).find())
                .noneMatch(line -> SIGNATURE.matcher(line).find());
    }

    @Test
    void noLogHoldsAValueOfATransaction() throws IOException {
        Set<String> values = ServerLogs.values();

        assertThat(values).contains(CANARY);
        assertThat(lines()).allSatisfy(line -> assertThat(values).noneMatch(line::contains));
    }
}
