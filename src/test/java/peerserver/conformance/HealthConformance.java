package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import peerserver.conformance.SignedRequests.Answer;

/** What a load balancer asks. */
abstract class HealthConformance extends Conformance {

    HealthConformance(Target target) {
        super(target);
    }

    private static JsonObject up(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonObject report = answer.json().asJsonObject();
        assertThat(report.getString("status")).isEqualTo("UP");
        return report;
    }

    private static List<String> names(JsonObject report) {
        return report.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .map(check -> check.getString("name"))
                .toList();
    }

    @Test
    void healthIsUpForAnyone() {
        assertThat(names(up(SignedRequests.get(target, "/health"))))
                .containsExactlyInAnyOrder("serving", "databases", "node", "started");
    }

    @Test
    void itsPartsCanBeAskedForAlone() {
        assertThat(names(up(SignedRequests.get(target, "/health/live")))).containsExactly("serving");
        assertThat(names(up(SignedRequests.get(target, "/health/ready"))))
                .containsExactlyInAnyOrder("databases", "node");
        assertThat(names(up(SignedRequests.get(target, "/health/started")))).containsExactly("started");
        assertThat(SignedRequests.get(target, "/health/other").status()).isEqualTo(404);
    }

    @Test
    void healthTellsStrangersNoNamesOfDatabasesAndNoKeys() {
        String text = SignedRequests.get(target, "/health").text();

        for (String database : Target.DATABASES) {
            assertThat(text).doesNotContain("\"" + database + "\"").doesNotContain("database " + database);
        }
        assertThat(text).doesNotContain("datomic:");
        for (AccessKey key : target.keys()) {
            assertThat(text).doesNotContain(key.key()).doesNotContain(key.secret());
        }
    }

    @Test
    void healthTellsWhoMayReadADatabaseHowItIs() {
        for (String path : List.of("/health", "/health/ready")) {
            JsonArray checks = up(target.requests().get(path)).getJsonArray("checks");
            JsonObject check = checks.getValuesAs(JsonObject.class).stream()
                    .filter(candidate -> candidate.getString("name").equals("database " + Target.HELLO))
                    .findFirst()
                    .orElseThrow();

            assertThat(check.getString("status")).isEqualTo("UP");
            JsonObject data = check.getJsonObject("data");
            assertThat(data.getString("state")).isEqualTo("connected");
            assertThat(data.getString("engine")).isEqualTo(target.engine().label());
            assertThat(data.getString("since")).matches("\\d{4}-.*Z");
            assertThat(data.getJsonNumber("basis-t").longValue()).isPositive();
        }
    }

    @Test
    void theApiListsTheDatabasesAndHowTheyStand() {
        long t = hello.db().t();

        Answer answer = target.requests().get("/api/databases");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonObject> databases = answer.json().asJsonArray().getValuesAs(JsonValue::asJsonObject);
        assertThat(databases).extracting(database -> database.getString("name")).containsAll(Target.DATABASES);
        assertThat(databases).extracting(database -> database.getString("name")).isSorted();
        assertThat(databases)
                .filteredOn(database -> database.getString("name").equals(Target.HELLO))
                .singleElement()
                .satisfies(database -> {
                    assertThat(database.getString("engine"))
                            .isEqualTo(target.engine().label());
                    assertThat(database.getString("state")).isEqualTo("connected");
                    assertThat(database.getString("since")).matches("\\d{4}-.*Z");
                    assertThat(database.getJsonNumber("basisT").longValue()).isGreaterThanOrEqualTo(t);
                    assertThat(database.getBoolean("readOnly")).isFalse();
                    assertThat(database).doesNotContainKey("lastError");
                });
    }

    @Test
    void theApiTellsOfTheClusterWhoeverMayDoAnything() {
        JsonObject cluster = target.requests().get("/api/cluster").json().asJsonObject();

        JsonObject node = cluster.getJsonObject("node");
        assertThat(node.getString("id")).matches("[0-9a-f]{8}");
        assertThat(node.getBoolean("draining")).isFalse();
        assertThat(cluster.getJsonObject("iterations").getInt("lost")).isNotNegative();
        assertThat(cluster.toString()).doesNotContain('"' + Target.HELLO + '"');
    }

    @Test
    void theApiTellsStrangersNothing() {
        for (String path : List.of("/api/cluster", "/api/drain", "/api/databases", "/api", "/api/none")) {
            Answer answer = SignedRequests.get(target, path);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void whatTheApiDoesNotKnowIsSaidInJson() {
        Answer answer = target.requests().get("/api/none");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().asJsonObject().getString("category")).isEqualTo("not-found");
    }
}
