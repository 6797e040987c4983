package peerserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.java.api.Clojure;
import clojure.lang.ExceptionInfo;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.RT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.conformance.AccessKey;
import peerserver.storage.PostgreSql;

/** The WAR as it was built, deployed by Arquillian, its database declared in JNDI. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployedWarIT {

    @RegisterExtension
    static final PayaraMicroProcess SERVER = PayaraMicroProcess.prepare();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Deployment(testable = false)
    static WebArchive war() {
        String war = Objects.requireNonNull(System.getProperty("peerserver.war"));
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(war));
    }

    /** Databases are connected in the background. */
    @BeforeAll
    static void awaitHealth() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer health = get("/health");
        while (health.status() != 200 && System.nanoTime() < deadline) {
            Thread.sleep(200);
            health = get("/health");
        }
        assertThat(health.status()).as(health.body()).isEqualTo(200);
    }

    @Test
    void servesThePublishedClient() {
        Object connection =
                api("connect").invoke(client(PayaraMicroProcess.IN_FILE), Clojure.read("{:db-name \"hello\"}"));

        transact(connection, """
                [{:db/ident :movie/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
                 {:db/ident :movie/year :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""");
        transact(connection, """
                [{:movie/title "Commando" :movie/year 1985}
                 {:movie/title "Repo Man" :movie/year 1984}]""");
        Object found = api("q").invoke(
                        Clojure.read("[:find ?title ?year :where [?e :movie/title ?title] [?e :movie/year ?year]"
                                + " [(< 1984 ?year)]]"),
                        api("db").invoke(connection));

        assertThat(found).isEqualTo(Clojure.read("[[\"Commando\" 1985]]"));
    }

    static List<AccessKey> keysOfAllSources() {
        return List.of(
                PayaraMicroProcess.IN_FILE,
                PayaraMicroProcess.IN_DIRECTORY,
                PayaraMicroProcess.IN_ALIAS,
                PayaraMicroProcess.IN_PROPERTY,
                PayaraMicroProcess.ALL_IN_ALIAS);
    }

    @ParameterizedTest
    @MethodSource("keysOfAllSources")
    void takesKeysAndSecretsFromWhereverPayaraHasSettings(AccessKey key) {
        Object every = Clojure.read("{}");
        assertThat(api("list-databases").invoke(client(key), every))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("hello");

        Object guessing = client(new AccessKey(key.key(), "not-" + key.secret()));
        assertThatThrownBy(() -> api("list-databases").invoke(guessing, every))
                .isInstanceOf(ExceptionInfo.class)
                .asString()
                .contains(":cognitect.anomalies/forbidden");
    }

    /**
     * The pool of the server alone knows where the storage of the first is, and the WAR's own driver takes the URL of the
     * other. No transactor has made a catalog in it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"stored", "by-url"})
    void readsStorageThroughADataSourceOfTheServerAndByAUrl(String name) throws IOException, InterruptedException {
        String told = "";
        for (int i = 0; i < 600 && !told.contains("Cannot connect datomic/" + name); i++) {
            Thread.sleep(100);
            told = SERVER.log();
        }

        assertThat(told)
                .containsPattern("Cannot connect datomic/" + name + " .*: Could not find " + name + " in catalog");
        assertThat(told).doesNotContain(PostgreSql.PASSWORD);
    }

    @Test
    void turnsAwayWhoeverDoesNotSign() throws IOException {
        HttpsURLConnection connection = SERVER.open("/");
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/transit+json");
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write("[\"^ \"]".getBytes(StandardCharsets.US_ASCII));
        }

        Answer answer = answer(connection);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void tellsItsHealthAndNoNamesOfDatabases() throws IOException {
        Answer answer = get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.body()).doesNotContain("hello").doesNotContain("arquillian");
        JsonObject health = json(answer.body());
        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(health.getJsonArray("checks").getValuesAs(JsonObject.class))
                .isNotEmpty()
                .allSatisfy(check -> {
                    assertThat(check.getString("name")).isNotEmpty();
                    assertThat(check.getString("status")).isEqualTo("UP");
                });
    }

    /** The last one: there is no server after it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void answersWhatIsUnderWayWhenItsProcessIsAskedToEnd() throws Exception {
        Object db = api("db")
                .invoke(api("connect")
                        .invoke(client(PayaraMicroProcess.TRUSTED), Clojure.read("{:db-name \"hello\"}")));
        CompletableFuture<Object> slow = CompletableFuture.supplyAsync(() -> api("q").invoke(
                        Clojure.read("[:find ?x :in $ :where [(ground 1) ?x] [(java.lang.Thread/sleep 4000)]]"), db));
        Thread.sleep(1_000);

        SERVER.end();

        // Sleeping yields nil, which finds nothing.
        assertThat(slow.get(1, TimeUnit.MINUTES)).isEqualTo(Clojure.read("[]"));
        assertThat(SERVER.log()).contains("Drained: 1 requests were under way, 0 have not come to their end");
    }

    private static void transact(Object connection, String data) {
        api("transact").invoke(connection, RT.map(Keyword.intern("tx-data"), Clojure.read(data)));
    }

    private static Object client(AccessKey key) {
        return api("client")
                .invoke(Clojure.read("{:server-type :peer-server :endpoint \"localhost:" + SERVER.port()
                        + "\" :access-key \"" + key.key() + "\" :secret \"" + key.secret()
                        + "\" :validate-hostnames false}"));
    }

    /** A function of the client's synchronous API. */
    private static IFn api(String name) {
        Clojure.var("clojure.core", "require").invoke(Clojure.read("datomic.client.api"));
        return Clojure.var("datomic.client.api", name);
    }

    private static Answer get(String path) throws IOException {
        return answer(SERVER.open(path));
    }

    private static Answer answer(HttpsURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            // There is no error stream to an error without a body.
            String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, connection.getContentType(), text);
        }
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private record Answer(int status, @Nullable String contentType, String body) {}
}
