package peerserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.health.HealthServlet;
import peerserver.launch.PeerServerProcess;

/** The manifests are what Kubernetes takes, fit together, and name what this project has. */
class ManifestsTest {

    private static final Path CHECKOUT = PeerServerProcess.checkout();
    private static final Path DIRECTORY = CHECKOUT.resolve("server-config/kubernetes");
    private static final Path LOCAL = DIRECTORY.resolve("local");
    private static final Set<String> PODS_OF = Set.of("Deployment", "StatefulSet");
    private static final Pattern SETTING = Pattern.compile("^\\| `(peerserver\\.[a-z.-]+)` \\|", Pattern.MULTILINE);

    private static Stream<Path> setUps() {
        return Stream.of(DIRECTORY, LOCAL);
    }

    /** All that is not for Kustomize. */
    private static List<Manifest> manifests(Path directory) {
        return Manifest.in(directory).stream()
                .filter(manifest -> !manifest.kind().equals("Kustomization"))
                .toList();
    }

    /** The one that has the pods. */
    private static Manifest workload(Path directory) {
        return manifests(directory).stream()
                .filter(manifest -> PODS_OF.contains(manifest.kind()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject pod(Path directory) {
        return workload(directory).document().getAsJsonObject("spec").getAsJsonObject("template");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static List<String> command(Path directory) {
        Manifest workload = workload(directory);
        return Stream.concat(workload.all("command").stream(), workload.all("args").stream())
                .flatMap(list -> list.getAsJsonArray().asList().stream())
                .map(JsonElement::getAsString)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void everyManifestIsAsItsSchemaSays(Path directory) {
        assertThat(manifests(directory))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(manifest -> KubernetesApi.check(manifest.document()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"portz\": []",
                "\"ports\": [{\"port\": \"many\"}]",
                "\"ports\": [{\"name\": \"https\"}]",
                "\"publishNotReadyAddresses\": \"yes\"",
                "\"selector\": [\"app\"]"
            })
    void theSchemaRefusesWhatIsMisspeltMissingOrOfAnotherType(String wrong) {
        String service =
                "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"x\"}, \"spec\": {%s}}";
        KubernetesApi.check(JsonParser.parseString(String.format(service, "\"ports\": [{\"port\": 1}]"))
                .getAsJsonObject());

        assertThatThrownBy(() -> KubernetesApi.check(
                        JsonParser.parseString(String.format(service, wrong)).getAsJsonObject()))
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void theKustomizationHasEveryManifestAndNoOther(Path directory) {
        Manifest kustomization = Manifest.in(directory).stream()
                .filter(manifest -> manifest.kind().equals("Kustomization"))
                .findFirst()
                .orElseThrow();

        assertThat(kustomization.document().keySet())
                .containsExactlyInAnyOrder("apiVersion", "kind", "resources", "images");
        assertThat(kustomization.words("resources"))
                .containsExactlyInAnyOrderElementsOf(manifests(directory).stream()
                        .map(manifest -> manifest.file().getFileName().toString())
                        .collect(Collectors.toSet()));
        assertThat(kustomization.texts("name")).isEqualTo(workload(directory).texts("image"));
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void everySelectorMeansThePods(Path directory) {
        JsonElement labels = pod(directory).getAsJsonObject("metadata").get("labels");

        assertThat(manifests(directory)).allSatisfy(manifest -> {
            assertThat(manifest.all("matchLabels")).allMatch(labels::equals);
            assertThat(manifest.document().getAsJsonObject("metadata").get("labels"))
                    .isEqualTo(labels);
            if (manifest.kind().equals("Service")) {
                assertThat(manifest.all("selector")).containsExactly(labels);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void portsThatAreNamedAreThoseThatTheServerListensOn(Path directory) {
        List<String> command = command(directory);
        List<String> names = workload(directory).all("ports").get(0).getAsJsonArray().asList().stream()
                .map(port -> port.getAsJsonObject().get("name").getAsString())
                .toList();

        for (Manifest manifest : manifests(directory)) {
            assertThat(manifest.texts("targetPort")).isSubsetOf(names);
            if (manifest.kind().equals("NetworkPolicy")) {
                assertThat(manifest.texts("port")).containsExactlyInAnyOrderElementsOf(names);
            }
        }
        assertThat(workload(directory).texts("port")).isNotEmpty().allMatch("https"::equals);
        assertThat(workload(directory).texts("containerPort")).allMatch(command::contains);
        assertThat(command).containsSequence("--sslport", "8998");
    }

    @Test
    void nodesFindEachOtherByTheHeadlessService() {
        List<String> headless = manifests(DIRECTORY).stream()
                .filter(manifest -> manifest.texts("clusterIP").equals(List.of("None")))
                .map(Manifest::name)
                .toList();

        assertThat(headless).hasSize(1);
        assertThat(command(DIRECTORY))
                .containsSequence("--clustermode", "dns:" + headless.get(0) + ":6900")
                .containsSequence("--startport", "6900")
                .doesNotContain("--nohazelcast");
        assertThat(command(LOCAL)).contains("--nohazelcast").doesNotContain("--clustermode");
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void probesAskWhatTheServerAnswers(Path directory) throws IOException {
        List<String> paths = workload(directory).texts("path");

        assertThat(paths).containsExactlyInAnyOrder("/health/started", "/health/live", "/health/ready");
        assertThat(workload(directory).texts("scheme")).containsOnly("HTTPS").hasSize(3);
        assertThat(HealthServlet.class.getAnnotation(WebServlet.class).urlPatterns())
                .contains("/health/*");
        assertThat(paths).allMatch(read(CHECKOUT.resolve("README.md"))::contains);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void everySettingIsOneOfTheReadme(Path directory) throws IOException {
        Set<String> settings = SETTING.matcher(read(CHECKOUT.resolve("README.md")))
                .results()
                .map(found -> found.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toSet());

        assertThat(settings).hasSizeGreaterThan(50);
        assertThat(workload(directory).texts("name").stream().filter(name -> name.startsWith("PEERSERVER_")))
                .isNotEmpty()
                .isSubsetOf(settings);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void everyFileThatTheCommandNamesIsMountedOrInTheImage(Path directory) throws IOException {
        String image = read(DIRECTORY.resolve("Dockerfile"));
        String page = read(DIRECTORY.resolve("README.md"));
        List<String> mounted = workload(directory).texts("mountPath");
        List<String> files = Stream.concat(command(directory).stream(), workload(directory).texts("value").stream())
                .filter(word -> word.contains("/"))
                .map(word -> word.substring(word.indexOf('/')))
                .toList();

        assertThat(files).hasSizeGreaterThanOrEqualTo(6).allSatisfy(file -> {
            Path path = Path.of(file);
            if (file.startsWith("/opt/peer-server/")) {
                assertThat(image).contains(path.getFileName().toString());
            } else {
                assertThat(mounted).anyMatch(path::startsWith);
            }
        });
        assertThat(files.stream()
                        .filter(file -> file.startsWith("/etc/"))
                        .map(file -> file.substring(file.lastIndexOf('/') + 1)))
                .allMatch(page::contains);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void everySecretIsMadeOnThePage(Path directory) throws IOException {
        assertThat(workload(directory).texts("secretName"))
                .hasSize(3)
                .allMatch(read(DIRECTORY.resolve("README.md"))::contains);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void noPodHasMoreRightsThanItNeeds(Path directory) {
        Manifest workload = workload(directory);

        assertThat(workload.texts("runAsNonRoot")).containsExactly("true");
        assertThat(workload.texts("readOnlyRootFilesystem")).containsExactly("true");
        assertThat(workload.texts("allowPrivilegeEscalation")).containsExactly("false");
        assertThat(workload.texts("automountServiceAccountToken")).containsExactly("false");
        assertThat(workload.words("drop")).containsExactly("ALL");
    }

    /** Settings of how a node leaves are in milliseconds; all of them together have to fit. */
    @ParameterizedTest
    @MethodSource("setUps")
    void aPodHasTimeToLeaveInOrder(Path directory) {
        Map<String, String> settings = settings(directory);
        long drain = settings.entrySet().stream()
                .filter(setting -> setting.getKey().matches("PEERSERVER_DRAIN_.*_MS"))
                .mapToLong(setting -> Long.parseLong(setting.getValue()))
                .sum();
        long before = workload(directory).texts("seconds").stream()
                .mapToLong(Long::parseLong)
                .sum();
        long payara = 30;

        assertThat(settings).containsEntry("PEERSERVER_DRAIN_ON_SIGNAL", "true");
        assertThat(drain).isPositive();
        assertThat(Long.parseLong(workload(directory)
                        .texts("terminationGracePeriodSeconds")
                        .get(0)))
                .isGreaterThanOrEqualTo(before + drain / 1_000 + payara);
    }

    private static Map<String, String> settings(Path directory) {
        return workload(directory).all("env").get(0).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(variable -> variable.has("value"))
                .collect(Collectors.toMap(
                        variable -> variable.get("name").getAsString(),
                        variable -> variable.get("value").getAsString()));
    }
}
