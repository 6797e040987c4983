package peerserver.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import peerserver.launch.PeerServerProcess;

/** Every published client walks through all that it can do, on a database of its own. */
class ClientMatrixIT {

    private static final Set<String> WITHOUT_SYNC = Set.of("0.8.14");
    private static final Set<String> WITHOUT_QSEQ = Set.of("0.8.14", "0.8.28", "0.9.41");

    /** The first and last version, and the first ones to send something new. */
    static final List<String> SAMPLE = List.of("0.8.14", "0.8.28", "0.9.41", "0.9.61", "1.0.77");

    static final List<String> OTHERS = List.of("0.9.62", "0.9.63", "0.9.66", "0.9.71", "1.0.72", "1.0.75");

    private static final int STEPS = 94;

    private static PeerServerProcess server;

    @BeforeAll
    static void start() {
        List<String> args = new ArrayList<>(List.of("-a", "myaccesskey,mysecret"));
        for (List<String> versions : List.of(SAMPLE, OTHERS)) {
            versions.forEach(
                    version -> args.addAll(List.of("-d", database(version) + ",datomic:mem://" + database(version))));
        }
        server = PeerServerProcess.start(args);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @FieldSource("SAMPLE")
    void everyStepOfAPublishedClientWorks(String version) {
        walk(version);
    }

    @Tag("clients")
    @ParameterizedTest
    @FieldSource("OTHERS")
    void everyStepOfTheOtherPublishedClientsWorks(String version) {
        walk(version);
    }

    @Tag("clients")
    @Test
    void noPublishedVersionIsMissing() {
        List<String> walked = new ArrayList<>(SAMPLE);
        walked.addAll(OTHERS);

        assertThat(walked)
                .containsExactlyInAnyOrderElementsOf(PublishedClient.published().toList());
    }

    private static void walk(String version) {
        Path script = PeerServerProcess.checkout().resolve("src/test/clojure/walk.clj");
        List<String> args = List.of("localhost:" + server.port(), "myaccesskey", "mysecret", database(version));

        ClientProgram program = ClientProgram.run(
                PeerServerProcess.checkout(), Map.of(), new PublishedClient(version).command(script, args));

        assertThat(program.status()).as(program.output()).isZero();
        List<String> steps =
                program.output().lines().filter(line -> line.startsWith("[")).toList();
        assertThat(steps).endsWith("[:end :ok]").hasSize(STEPS);
        assertThat(steps)
                .filteredOn(step -> !step.endsWith(" :ok]"))
                .containsExactlyInAnyOrderElementsOf(absentFrom(version));
    }

    /** What the walk says of steps that a version has no function for. */
    private static List<String> absentFrom(String version) {
        List<String> absent = new ArrayList<>();
        if (WITHOUT_SYNC.contains(version)) {
            absent.addAll(List.of("[:sync :absent]", "[:four-components-after-sync :absent]"));
        }
        if (WITHOUT_QSEQ.contains(version)) {
            absent.addAll(List.of("[:qseq :absent]", "[:qseq-in-chunks :absent]"));
            absent.addAll(List.of("[:index-pull :absent]", "[:index-pull-in-chunks :absent]"));
        }
        return absent;
    }

    private static String database(String version) {
        return "client-" + version.replace('.', '-');
    }
}
